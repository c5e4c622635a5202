/*
 * Many user ids in few characters: ascending, each as what it lies above the one before, in base 36; the same step
 * several times over is written once, `step*times`. Sixty people who were enrolled together take six characters.
 */

const MOST = 100_000

export function writeIds(ids: Iterable<number>): string {
  const steps: { step: number; times: number }[] = []
  let before = 0
  for (const id of [...new Set(ids)].sort((a, b) => a - b)) {
    const last = steps.at(-1)
    if (last?.step === id - before) last.times++
    else steps.push({ step: id - before, times: 1 })
    before = id
  }
  return steps
    .map(({ step, times }) => step.toString(36) + (times > 1 ? `*${times.toString(36)}` : ''))
    .join('.')
}

/** Undefined where it is no such list: anybody may have written it. */
export function readIds(text: string): number[] | undefined {
  if (text === '') return []
  const ids: number[] = []
  let id = 0
  for (const part of text.split('.')) {
    const [, step = '', times = '1'] =
      /^([1-9a-z][0-9a-z]{0,9})(?:\*([1-9a-z][0-9a-z]{0,4}))?$/.exec(part) ?? []
    const count = Number.parseInt(times, 36)
    if (step === '' || ids.length + count > MOST) return undefined
    for (let i = 0; i < count; i++) {
      id += Number.parseInt(step, 36)
      ids.push(id)
    }
    if (!Number.isSafeInteger(id)) return undefined
  }
  return ids
}
