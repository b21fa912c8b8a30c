using System.Runtime.InteropServices;

namespace MariaDb.Client.Native;

/// <summary>Counts what is held outside the garbage collector's sight, so that a test can see it come back to where it was.</summary>
internal static class NativeAllocations
{
    private static long live;

    /// <summary>Sessions, statements and buffers alive now, in this process.</summary>
    public static long Live => Volatile.Read(ref live);

    public static void Born() => Interlocked.Increment(ref live);

    public static void Gone() => Interlocked.Decrement(ref live);
}

/// <summary>A piece of native memory that grows; freed by whoever owns it. Native code keeps addresses into it, so it never moves by itself.</summary>
internal unsafe struct NativeBlock
{
    public byte* Start { get; private set; }

    public nuint Size { get; private set; }

    /// <summary>Makes room, zeroed where it is new. What it held is lost when it has to grow.</summary>
    public void Reserve(nuint size)
    {
        if (size <= Size) return;
        Free();
        Start = (byte*)NativeMemory.AllocZeroed(size);
        Size = size;
        NativeAllocations.Born();
    }

    public void Free()
    {
        if (Start is null) return;
        NativeMemory.Free(Start);
        NativeAllocations.Gone();
        Start = null;
        Size = 0;
    }
}
