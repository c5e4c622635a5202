import { idsOfPage } from '../../components/panel/page-place.ts'
import { pageOf } from '../../lib/dialogue/page.ts'
import type { Scope } from '../../lib/dialogue/views.ts'
import { ask } from '../../lib/extension/light-ask.ts'
import { createHost } from './host.ts'
import { ACTIVITY, SECTION } from './landmarks.ts'
import type { Item } from './places.ts'
import { addRoom, type Room } from './room.ts'
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

function openActivity(item: Element, wwwroot: string, open: (scope: Scope) => void): void {
  const { courseId } = idsOfPage()
  const cmid = cmidOf(item)
  const ids = { cmid, ...(courseId ? { courseId } : {}) }
  const url = item.querySelector(ACTIVITY.link)?.getAttribute('href') ?? ''
  const page = pageOf(url, wwwroot, ids)
  const name = nameOfActivity(item)
  if (page && name) open({ kind: 'page', url: page.url, name, ...ids })
}

function openCourse(open: (scope: Scope) => void): void {
  const { courseId } = idsOfPage()
  if (courseId) open({ kind: 'course', courseId })
}

/** Beside activities and sections: how many dialogues are about them, for whoever wants to see it. */
export function createCounts(wwwroot: string, open: (scope: Scope) => void) {
  /** Of activities, those whose action is drawn. */
  const roots = new WeakMap<Element, ShadowRoot>()
  const rooms = new WeakMap<ShadowRoot, Room>()
  const titles = new WeakMap<Element, ReturnType<typeof createHost>>()
  /** Unknown, or not wanted: then there is no room for them either. */
  let counts: ReadonlyMap<number, Count> | undefined

  const countOf = (item: Element) => counts?.get(cmidOf(item)) ?? NONE

  function show(root: ShadowRoot, { dialogues, unread }: Count, name: string, press: () => void): void {
    const room = rooms.get(root) ?? addRoom(root, press)
    rooms.set(root, room)
    room.show(dialogues === 0 ? undefined : lookForCount(dialogues, unread > 0, name))
  }

  function showActivity(item: Element): void {
    const root = roots.get(item)
    const name = nameOfActivity(item)
    if (root && name && counts) show(root, countOf(item), name, () => openActivity(item, wwwroot, open))
  }

  /** Every title has one, for the same reason as every activity. */
  function hostAt(title: Element): ShadowRoot {
    const there = titles.get(title)
    if (there?.host.isConnected) return there.root
    const made = createHost('count', false)
    titles.set(title, made)
    title.append(made.host)
    return made.root
  }

  function showSection(section: Element, items: readonly Item[]): void {
    const title = section.querySelector(SECTION.title)
    if (!title) return
    const own = items.filter(({ item }) => section.contains(item)).map(({ item }) => countOf(item))
    show(hostAt(title), sum(own), title.textContent?.trim() ?? '', () => openCourse(open))
  }

  return {
    /** The action of an activity was drawn. */
    drawn(item: Element, root: ShadowRoot): void {
      roots.set(item, root)
      showActivity(item)
    },
    async learn(items: readonly Item[]): Promise<void> {
      const answer = await ask('courseCounts', { cmids: items.map(({ item }) => cmidOf(item)) })
      if (!answer) return
      counts = new Map(answer.map((count) => [count.cmid, count]))
      for (const { item } of items) showActivity(item)
      for (const section of document.querySelectorAll(SECTION.item)) showSection(section, items)
    },
  }
}

export type Counts = ReturnType<typeof createCounts>
