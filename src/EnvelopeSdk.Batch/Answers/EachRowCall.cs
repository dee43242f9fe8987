using System.Diagnostics;
using System.Runtime.ExceptionServices;
using EnvelopeSdk.Batch.Rows;

namespace EnvelopeSdk.Batch.Answers;

/// <summary>
/// Answers rows with a call for each. For one thread, which lets others call a model that is slow; the answers are
/// taken by it, in the order of the rows.
/// </summary>
/// <typeparam name="TArguments">A structure with a field for each argument.</typeparam>
/// <typeparam name="TWritten">What the form writes.</typeparam>
/// <typeparam name="TAnswer">What a call gives.</typeparam>
/// <param name="form">Reads arguments.</param>
/// <param name="reader">Reads rows.</param>
/// <param name="threads">Make calls of a slow model; null: the thread that asks does.</param>
internal abstract class EachRowCall<TArguments, TWritten, TAnswer>(
    RowForm<TArguments, TWritten> form, RowReader reader, CallThreads? threads)
    : RowCall(reader)
    where TArguments : struct
{
    /// <summary>How many of the first calls are measured before the others are made.</summary>
    private const int Measured = 3;

    private readonly List<TArguments> _arguments = []; // of rows whose calls are made
    private bool _isNew = true;
    private bool _isSlow;
    private (int Place, TAnswer Answer, Exception? Failure)[] _made = [];
    private int _firstMade;

    public override void Answer(int count, Action<int> refuse, CancellationToken cancellationToken)
    {
        if (threads is null)
        {
            base.Answer(count, refuse, cancellationToken);
            return;
        }

        var row = 0;
        if (_isNew)
        {
            _isNew = false;
            AnswerEach(ref row, Math.Min(1, count), refuse, cancellationToken); // the very first is slow of any model
            AnswerOwn(ref row, Math.Min(1 + Measured, count), refuse, cancellationToken);
        }

        while (_isSlow && row < count)
        {
            AnswerMade(ref row, Math.Min(row + threads.Window, count), refuse, cancellationToken);
        }

        AnswerOwn(ref row, count, refuse, cancellationToken);
    }

    /// <summary>Whether the calls of the rows that are answered have been made.</summary>
    protected bool IsMade => _made.Length > 0;

    /// <summary>Does as a call does that has been made.</summary>
    /// <returns>Whether the row could be read.</returns>
    protected bool TryMade(int row)
    {
        var input = Reader.Read(row); // so that nothing is wrong that was with others
        var (place, answer, failure) = _made[row - _firstMade];
        if (place < 0)
        {
            _ = form.Read(ref input); // once more, for what is wrong with it
            return input.HasErrors ? false : throw new InvalidOperationException("A row was read in two ways.");
        }

        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        Keep(answer);
        return true;
    }

    /// <summary>Calls the model. For any thread.</summary>
    protected abstract TAnswer Call(TArguments arguments, CancellationToken cancellationToken);

    /// <summary>Keeps an answer until it is taken.</summary>
    protected abstract void Keep(TAnswer answer);

    /// <summary>Answers rows with calls of its own, and sees whether others should make the next.</summary>
    private void AnswerOwn(ref int row, int end, Action<int> refuse, CancellationToken cancellationToken)
    {
        var (first, start) = (row, Stopwatch.GetTimestamp());
        AnswerEach(ref row, end, refuse, cancellationToken);
        if (row > first)
        {
            _isSlow = Stopwatch.GetElapsedTime(start) / (row - first) >= CallThreads.Slow;
        }
    }

    /// <summary>Answers rows with calls that others make, and sees whether they should make the next, too.</summary>
    private void AnswerMade(ref int row, int end, Action<int> refuse, CancellationToken cancellationToken)
    {
        var (first, start) = (row, Stopwatch.GetTimestamp());
        MakeCalls(row, end, cancellationToken);
        _isSlow = Stopwatch.GetElapsedTime(start) * threads!.Count / (end - first) >= CallThreads.Slow;
        AnswerEach(ref row, end, refuse, cancellationToken);
        _made = [];
    }

    /// <summary>Makes the calls for some rows, of those that can be read.</summary>
    private void MakeCalls(int first, int end, CancellationToken cancellationToken)
    {
        (_made, _firstMade) = (new (int, TAnswer, Exception?)[end - first], first);
        _arguments.Clear();
        for (var row = first; row < end; row++)
        {
            _made[row - first].Place = -1;
            if (Reader.HasUnread(row, 1))
            {
                continue;
            }

            var input = Reader.Read(row);
            var arguments = form.Read(ref input);
            if (!input.HasErrors)
            {
                _made[row - first].Place = _arguments.Count;
                _arguments.Add(arguments);
            }
        }

        var places = Enumerable.Range(0, _made.Length).Where(one => _made[one].Place >= 0).ToArray();
        threads!.Make(
            places.Length,
            i =>
            {
                ref var made = ref _made[places[i]];
                try
                {
                    made.Answer = Call(_arguments[made.Place], cancellationToken);
                }
                catch (Exception failure)
                {
                    made.Failure = failure; // is thrown where its row is answered
                }
            },
            cancellationToken);
    }
}
