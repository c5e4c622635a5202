/** Asks for one page. A limit of 0 is everything from there on. */
export type AskPage<Row> = (from: number, limit: number) => Promise<readonly Row[]>

interface Timed {
  readonly id: number
  readonly timecreated: number
}

/**
 * Walks rows that are ordered by their second alone, newest first. Rows of the same second may change places from one
 * request to the next, so each page begins again where the last second of the page before began. What is new meanwhile
 * moves the rest down and is met again; where something was deleted and the rest moved up, it goes back as far.
 */
export async function* newestFirst<Row extends Timed>(
  ask: AskPage<Row>,
  pageSize: number,
): AsyncGenerator<Row, void> {
  const seen = new Set<number>()
  let from = 0
  let limit = pageSize
  for (;;) {
    const rows = await ask(from, limit)
    if (from > 0 && !rows.some(({ id }) => seen.has(id))) {
      from = Math.max(0, from - limit)
      limit *= 2
      continue
    }
    yield* unseen(rows, seen)
    const last = rows.at(-1)
    if (!last || rows.length < limit) return
    const start = rows.findIndex(({ timecreated }) => timecreated === last.timecreated)
    // A whole page of one second: only a longer one gets any further.
    if (start === 0) limit *= 2
    else from += start
  }
}

/**
 * Walks rows of which Moodle leaves some out after its limit has cut: a page may come short, or empty, before the
 * end. A page that looks like the end is followed by one request for all that is left, mostly nothing.
 */
export async function* withGaps<Row extends { readonly id: number }>(
  ask: AskPage<Row>,
  pageSize: number,
  looksLikeTheEnd: (rows: number) => boolean,
): AsyncGenerator<Row, void> {
  const seen = new Set<number>()
  for (let from = 0; ; from += pageSize) {
    const rows = await ask(from, pageSize)
    yield* unseen(rows, seen)
    if (!looksLikeTheEnd(rows.length)) continue
    yield* unseen(await ask(from + pageSize, 0), seen)
    return
  }
}

export function* unseen<Row extends { readonly id: number }>(
  rows: readonly Row[],
  seen: Set<number>,
): Generator<Row, void> {
  for (const row of rows) {
    if (seen.has(row.id)) continue
    seen.add(row.id)
    yield row
  }
}
