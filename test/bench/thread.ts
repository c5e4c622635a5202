import type { DialogueRef } from '../../lib/dialogue/dialogue.ts'
import { ask } from '../e2e/switch-on.ts'
import { type Figure, figure } from './figures.ts'
import { LONG_SUBJECT, LONGEST } from './school.ts'
import { type CoursePage, openCourse, rest, type Stage } from './stage.ts'

const TIMES = 20
const PAGE = 40
const ROWS = '.panel:not([hidden]) .rows-item:nth-child(12) .row'
const MESSAGES = '.thread-scroll .message:nth-of-type(12) .message-body *'

async function longDialogue({ own }: Stage): Promise<DialogueRef> {
  const query = { scope: { kind: 'all' as const }, filter: 'all' as const, limit: PAGE }
  const { rows } = await ask(own, 'dialogues', query)
  const row = rows.find(({ subject }) => subject === LONG_SUBJECT)
  if (!row) throw new Error('the long dialogue is not in the list')
  return row.ref
}

/** Reads backwards, as scrolling does, until all of it is cached. */
async function cacheAll({ own }: Stage, ref: DialogueRef): Promise<void> {
  const seen = new Set<number>()
  let beforeId: number | undefined
  for (let asked = 0; asked < 400; asked++) {
    const limit = PAGE
    const view = await ask(own, 'thread', { ref, limit, ...(beforeId === undefined ? {} : { beforeId }) })
    for (const { id } of view?.messages ?? []) seen.add(id)
    if (seen.size >= LONGEST) return
    if (view?.messages.length === PAGE) beforeId = view.messages[0]?.id
    else await rest()
  }
  throw new Error(`only ${seen.size} messages of the long dialogue are cached`)
}

async function openThread(course: CoursePage): Promise<number> {
  const row = await course.inPanel('.row', LONG_SUBJECT)
  const ms = await course.clickAndTime(row, { until: MESSAGES, from: 'click' })
  await course.assertScreenful('.thread-scroll')
  await rest()
  await course.click(await course.inPanel('.thread-pane .head button'))
  await rest()
  return ms
}

export async function measureThread(stage: Stage): Promise<Figure[]> {
  await cacheAll(stage, await longDialogue(stage))
  const course = await openCourse(stage)
  await course.clickAndTime(await course.launcher(), { until: ROWS, from: 'click' })
  await rest()
  await openThread(course)
  const samples: number[] = []
  while (samples.length < TIMES) samples.push(await openThread(course))
  await course.page.close()
  return [figure(`click on a row to the last screenful of ${LONGEST} messages`, 'ms', samples, 100)]
}
