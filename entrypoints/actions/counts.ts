import { idsOfPage } from '../../components/panel/page-place.ts'
import { pageOf } from '../../lib/dialogue/page.ts'
import type { Scope } from '../../lib/dialogue/views.ts'
import { ask } from '../../lib/extension/light-ask.ts'
import { type ActionButton, drawAction } from './button.ts'
import { ACTIVITY, SECTION } from './landmarks.ts'
import type { Place } from './places.ts'
import { nameOfActivity } from './seeds.ts'
import { lookForCount } from './words.ts'

interface Count {
  dialogues: number
  unread: number
}

const NONE: Count = { dialogues: 0, unread: 0 }

function sum(counts: readonly Count[]): Count {
  return counts.reduce(
    (all, { dialogues, unread }) => ({ dialogues: all.dialogues + dialogues, unread: all.unread + unread }),
    NONE,
  )
}

const cmidOf = (item: Element): number => Number(item.getAttribute('data-id'))

/** Beside activities and sections: how many dialogues are about them, for whoever wants to see it. */
export function createCounts(wwwroot: string, open: (scope: Scope) => void) {
  const drawn = new WeakMap<Element, ActionButton>()

  /** Nothing where there is nothing to count. */
  function show(at: Element, count: Count, name: string, press: () => void): void {
    const there = drawn.get(at)
    const button = there?.host.isConnected ? there : undefined
    if (count.dialogues === 0) return button?.host.remove()
    const look = lookForCount(count.dialogues, count.unread > 0, name)
    if (button) button.say(look)
    const counter = button ?? drawAction({ ...look, isCount: true }, press)
    counter.setUnread(count.unread > 0)
    if (button) return
    counter.host.dataset.kind = 'count'
    at.append(counter.host)
    drawn.set(at, counter)
  }

  function openActivity(item: Element, name: string): void {
    const { courseId } = idsOfPage()
    const cmid = cmidOf(item)
    const ids = { cmid, ...(courseId ? { courseId } : {}) }
    const url = item.querySelector(ACTIVITY.link)?.getAttribute('href') ?? ''
    const page = pageOf(url, wwwroot, ids)
    if (page) open({ kind: 'page', url: page.url, name, ...ids })
  }

  function openCourse(): void {
    const { courseId } = idsOfPage()
    if (courseId) open({ kind: 'course', courseId })
  }

  return async (places: readonly Place[]): Promise<void> => {
    const counts = await ask('courseCounts', { cmids: places.map(({ item }) => cmidOf(item)) })
    const countOf = (item: Element) => counts.find(({ cmid }) => cmid === cmidOf(item)) ?? NONE
    for (const { item, at } of places) {
      const name = nameOfActivity(item)
      if (name) show(at, countOf(item), name, () => openActivity(item, name))
    }
    for (const section of document.querySelectorAll(SECTION.item)) {
      const title = section.querySelector(SECTION.title)
      const own = places.filter(({ item }) => section.contains(item)).map(({ item }) => countOf(item))
      if (title) show(title, sum(own), title.textContent?.trim() ?? '', openCourse)
    }
  }
}
