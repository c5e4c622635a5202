import { habitSetIn, putHabit } from '../../lib/store/roster.ts'
import { type Answers, accountOf, ofOwnPage } from './access.ts'
import { furtherPeople, people } from './picking.ts'
import { reach } from './reaching.ts'
import { choice, members } from './wholes.ts'
import { store, world } from './worker.ts'

/** Whom one writes to. */
export const choosing = {
  people: async (ask, caller) => people(await accountOf(caller, ask.accountId), ask),
  furtherPeople: async (ask, caller) => furtherPeople(await accountOf(caller, ask.accountId), ask),
  choice: async (ask, caller) => choice(await accountOf(caller, ask.accountId), ask),
  members: async (ask, caller) => members(await accountOf(caller, ask.accountId), ask),
  reach: async ({ accountId, userIds }, caller) => reach(await accountOf(caller, accountId), userIds),
  habit: async ({ accountId, courseId }, caller) =>
    habitSetIn(store, (await accountOf(caller, accountId)).id, courseId),
  saveHabit: async ({ accountId, courseId, habit }, caller) => {
    const { id } = await ofOwnPage(caller, accountId)
    await putHabit(store, id, courseId, habit)
    world.changed(id, ['people'])
  },
} satisfies Partial<Answers>
