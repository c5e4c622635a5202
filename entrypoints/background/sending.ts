import type { AccountId } from '../../lib/dialogue/dialogue.ts'
import type { Engine } from '../../lib/sync/engine.ts'
import { whileAwake } from './awake.ts'

/** Lets out what was written and what rules have to say, at once or when its time has come. */
export function createSending(engine: Engine, setAlarm: () => Promise<void>) {
  async function runRules(accountId: AccountId): Promise<void> {
    await whileAwake(() => engine.rules(accountId)).catch(() => undefined)
    await setAlarm()
  }

  function after(notBeforeMs: number, work: () => Promise<void>): Promise<void> {
    setTimeout(() => void work(), Math.max(0, notBeforeMs - Date.now()) + 20)
    return setAlarm()
  }

  return {
    /** Rules may take minutes and hold up nothing else. */
    async send(accountId: AccountId): Promise<void> {
      await engine.flush(accountId)
      void runRules(accountId)
    },
    flushSoon: (accountId: AccountId, notBeforeMs: number) =>
      after(notBeforeMs, () => engine.flush(accountId)),
    rulesSoon: (accountId: AccountId, notBeforeMs: number) => after(notBeforeMs, () => runRules(accountId)),
  }
}
