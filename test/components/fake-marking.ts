import { refKey } from '../../components/models/ref.ts'
import type { DialogueRow, ThreadView } from '../../lib/dialogue/views.ts'
import type { Protocol } from '../../lib/extension/protocol.ts'

type Names =
  | 'mark'
  | 'markAllRead'
  | 'move'
  | 'deleteMessages'
  | 'siblings'
  | 'moreCounts'
  | 'person'
  | 'block'
  | 'exported'
  | 'courseCounts'

/** What the fake worker answers where a person marks, moves and deletes. */
export function fakeMarking(world: {
  rows: DialogueRow[]
  threads: Map<string, ThreadView>
}): Pick<Protocol, Names> {
  return {
    mark({ refs, change }) {
      const keys = new Set(refs.map(refKey))
      world.rows = world.rows.map((row) => {
        if (!keys.has(refKey(row.ref))) return row
        const { done = row.isDone, labels = row.labels, unreadAgain = row.unreadAgain } = change
        return { ...row, isDone: done, labels, unreadAgain }
      })
    },
    markAllRead({ refs }) {
      const keys = new Set(refs.map(refKey))
      world.rows = world.rows.map((row) => (keys.has(refKey(row.ref)) ? { ...row, unread: 0 } : row))
    },
    move: () => {},
    deleteMessages({ ref, messageIds = [] }) {
      const view = world.threads.get(refKey(ref))
      const messages = view?.messages.filter(({ id }) => !messageIds.includes(id)) ?? []
      if (view) world.threads.set(refKey(ref), { ...view, messages })
      return undefined
    },
    siblings: ({ ref }) =>
      [...world.threads.values()]
        .filter((view) => view.ref.conversationKey === ref.conversationKey)
        .map((view) => ({
          dialogueId: view.ref.dialogueId,
          ...(view.subject === undefined ? {} : { subject: view.subject }),
          timeLast: 0,
        })),
    moreCounts: () => ({ drafts: 0, unanswered: 0, closed: 0, snoozed: 0, labels: [] }),
    person({ accountId, userId }) {
      const dialogues = world.rows.filter(({ people }) => people.some(({ id }) => id === userId))
      const known = dialogues[0]?.people[0] ?? { id: userId, fullName: '' }
      return {
        ...known,
        profileUrl: `https://moodle.example/school/user/profile.php?id=${userId}&from=${accountId}`,
        isBlocked: false,
        isMuted: false,
        isFavourite: false,
        courses: [],
        dialogues,
      }
    },
    block: () => undefined,
    exported: () => [],
    courseCounts: () => [],
  }
}
