import { type Fault, type MoodleError, moodleError } from './errors.ts'
import { maxCallsPerRequest } from './quirks.ts'
import { isFault, type Outcome, type Transport, type WireCall } from './transport.ts'
import { concernsTheWholeAccount } from './verdicts.ts'

/** One call waiting for its answer. */
export interface Pending {
  readonly call: WireCall
  readonly timeoutMs: number
  readonly signal: AbortSignal | undefined
  readonly together: object | undefined
  readonly succeed: (data: unknown) => void
  readonly fail: (error: MoodleError) => void
}

/**
 * Collects the calls of one turn and decides which of them share a request.
 *
 *   reads             → together, at once
 *   idempotent writes → together, in their place among the writes
 *   other writes      → alone, each after the one before it has been answered, unless asked for together
 */
export function createQueue(transport: Transport): (pending: Pending) => void {
  let turn: Pending[] = []
  let lastWrite: Promise<void> = Promise.resolve()

  function leave(): void {
    const calls = turn
    turn = []
    const isRead = (pending: Pending) =>
      pending.call.definition.type === 'read' && pending.together === undefined
    void inOrder(transport, chunks(calls.filter(isRead)))
    const writes = chunksOfWrites(calls.filter((pending) => !isRead(pending)))
    if (writes.length > 0) lastWrite = lastWrite.then(() => inOrder(transport, writes))
  }

  return (pending) => {
    if (turn.push(pending) === 1) queueMicrotask(leave)
  }
}

function chunks(calls: Pending[]): Pending[][] {
  const first = calls.slice(0, maxCallsPerRequest)
  return first.length === 0 ? [] : [first, ...chunks(calls.slice(maxCallsPerRequest))]
}

function chunksOfWrites(writes: Pending[]): Pending[][] {
  const runs: Pending[][] = []
  for (const write of writes) {
    const run = runs.at(-1)
    const before = run?.[0]
    if (run && before && joins(before, write)) run.push(write)
    else runs.push([write])
  }
  return runs.flatMap(chunks)
}

function joins(before: Pending, write: Pending): boolean {
  if (before.together !== write.together) return false
  if (write.together !== undefined) return true
  return before.call.definition.idempotent === true && write.call.definition.idempotent === true
}

async function inOrder(transport: Transport, requests: Pending[][]): Promise<void> {
  for (const calls of requests) await sendTogether(transport, calls)
}

const lost: Fault = { kind: 'unreachable', timedOut: false, offline: false, aborted: false }

async function sendTogether(transport: Transport, all: Pending[]): Promise<void> {
  const calls = all.filter((pending) => !pending.signal?.aborted)
  if (calls.length === 0) return
  const outcomes = await sendWhileWanted(transport, calls)
  const again: Pending[] = []
  let isWhole = false
  for (const [index, pending] of calls.entries()) {
    const outcome = outcomes[index]
    if (outcome && isAskedAgain(outcome, pending, calls, outcomes)) {
      isWhole ||= isFault(outcome) && outcome.whole === true
      again.push(pending)
    } else settle(pending, outcome, outcomes)
  }
  await inOrder(transport, isWhole ? again.map((pending) => [pending]) : chunks(again))
}

/** The request is given up when nobody waits for it any more. */
async function sendWhileWanted(transport: Transport, calls: Pending[]): Promise<Outcome[]> {
  const given = new AbortController()
  const look = () => {
    if (calls.every((pending) => pending.signal?.aborted)) given.abort()
  }
  for (const pending of calls) pending.signal?.addEventListener('abort', look)
  const timeoutMs = Math.max(...calls.map((pending) => pending.timeoutMs))
  try {
    const wire = calls.map((pending) => pending.call)
    return await transport.send(wire, { signal: given.signal, timeoutMs })
  } catch {
    // Transports answer with data; should one throw, nobody knows what became of the request.
    return calls.map(() => ({ fault: lost }))
  } finally {
    for (const pending of calls) pending.signal?.removeEventListener('abort', look)
  }
}

/**
 * Reads and idempotent writes that Moodle did not get to are asked again (it answers an error to a message that is
 * marked read already, and stops there), and so is each call by itself after a batch that failed as one
 * (a single unknown function spoils it), except where the failure would meet every one of them.
 */
function isAskedAgain(outcome: Outcome, pending: Pending, calls: Pending[], outcomes: Outcome[]): boolean {
  if (!isFault(outcome) || calls.length === 1 || accountFault(pending, outcomes)) return false
  if (pending.together !== undefined) return false
  if (outcome.whole) return true
  const { type, idempotent } = pending.call.definition
  return outcome.fault.kind === 'not-attempted' && (type === 'read' || idempotent === true)
}

function accountFault(pending: Pending, outcomes: Outcome[]): Fault | undefined {
  const faults = outcomes.filter(isFault).map((outcome) => outcome.fault)
  return faults.find((fault) => concernsTheWholeAccount(moodleError(pending.call.wsfunction, fault)))
}

function settle(pending: Pending, outcome: Outcome | undefined, outcomes: Outcome[]): void {
  if (outcome && !isFault(outcome)) {
    pending.succeed(outcome.data)
    return
  }
  const own = faultOf(pending, outcome, outcomes)
  const isRead = pending.call.definition.type === 'read'
  const fault = own.kind === 'not-attempted' && isRead ? (accountFault(pending, outcomes) ?? own) : own
  pending.fail(moodleError(pending.call.wsfunction, fault))
}

/** Of writes that failed as one, those before the one that is to blame may have been done. */
function faultOf(
  pending: Pending,
  outcome: Extract<Outcome, { fault: Fault }> | undefined,
  outcomes: Outcome[],
): Fault {
  const own: Fault = outcome?.fault ?? { kind: 'not-attempted', after: '' }
  const isShared = pending.together !== undefined && outcomes.length > 1 && outcome?.whole === true
  if (!isShared || own.kind !== 'moodle' || accountFault(pending, outcomes)) return own
  return { ...own, shared: true }
}
