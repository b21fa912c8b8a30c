namespace MariaDb.Client.Native;

/// <summary>enum enum_field_types of mariadb_com.h.</summary>
internal enum FieldType
{
    Decimal = 0,
    Tiny = 1,
    Short = 2,
    Long = 3,
    Float = 4,
    Double = 5,
    Null = 6,
    Timestamp = 7,
    LongLong = 8,
    Int24 = 9,
    Date = 10,
    Time = 11,
    DateTime = 12,
    Year = 13,
    NewDate = 14,
    VarChar = 15,
    Bit = 16,
    Json = 245,
    NewDecimal = 246,
    Enum = 247,
    Set = 248,
    TinyBlob = 249,
    MediumBlob = 250,
    LongBlob = 251,
    Blob = 252,
    VarString = 253,
    String = 254,
    Geometry = 255,
}

/// <summary>enum mysql_option of mysql.h.</summary>
internal enum Option
{
    ConnectTimeout = 0,
    SetCharsetName = 7,
    LocalInfile = 8,
    Protocol = 9,
    ReportDataTruncation = 19,
    Reconnect = 20,
    SslVerifyServerCert = 21,
    SslCa = 27,
    SslEnforce = 38,
}

/// <summary>enum mysql_protocol_type of mysql.h.</summary>
internal enum TransportProtocol
{
    Tcp = 1,
    Socket = 2,
}

/// <summary>Constants of mysql.h and mariadb_com.h that have no enum here.</summary>
internal static class NativeConstants
{
    /// <summary>CLIENT_FOUND_ROWS: an UPDATE counts the rows it found, changed or not; concurrency checks rely on it.</summary>
    public const ulong ClientFoundRows = 2;

    /// <summary>CLIENT_MULTI_RESULTS: a CALL may answer several result sets.</summary>
    public const ulong ClientMultiResults = 1 << 17;

    /// <summary>UNSIGNED_FLAG of MYSQL_FIELD.flags.</summary>
    public const uint UnsignedFlag = 32;

    /// <summary>SERVER_STATUS_IN_TRANS.</summary>
    public const uint StatusInTransaction = 1;

    /// <summary>MARIADB_CONNECTION_SERVER_STATUS of enum mariadb_value.</summary>
    public const int ConnectionServerStatus = 30;

    /// <summary>MYSQL_NO_DATA, the answer of mysql_stmt_fetch after the last row.</summary>
    public const int NoData = 100;

    /// <summary>MYSQL_DATA_TRUNCATED: a value is longer than its buffer; not an error here.</summary>
    public const int DataTruncated = 101;

    /// <summary>The number of the character set "binary": bytes, not text.</summary>
    public const uint BinaryCharacterSet = 63;
}
