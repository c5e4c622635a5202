// @vitest-environment happy-dom
import { render } from '@testing-library/preact'
import { options } from 'preact'
import { afterEach, expect, it, vi } from 'vitest'
import { Message } from '../../components/thread/message.tsx'
import { Messages } from '../../components/thread/messages.tsx'
import type { MessageView, ThreadView } from '../../lib/dialogue/views.ts'
import { message, thread } from '../example.ts'
import { useScreen } from './screen.tsx'

useScreen()

const { diffed } = options
afterEach(() => {
  if (diffed) options.diffed = diffed
  else delete options.diffed
})

/** How many messages are drawn while `work` is done. */
function drawnBy(work: () => void): number {
  let count = 0
  options.diffed = (element) => {
    if (element.type === Message) count++
    diffed?.(element)
  }
  work()
  return count
}

const nothing = () => undefined
const deeds = {
  ...{ onTakeBack: nothing, onDrop: nothing, onSettle: nothing, onCopied: nothing, onTryAgain: nothing },
  onSendNow: nothing,
  ...{ onQuote: nothing, onCopy: nothing, onMove: nothing, onDelete: nothing },
}

const shown = (messages: MessageView[]) => {
  const view: ThreadView = { ...thread(), messages, older: true }
  const found = undefined
  const rest = { view, wwwroot: 'https://moodle.example', isReadingOlder: false, found, onOlder: nothing }
  return <Messages {...deeds} {...rest} />
}

it('a page of older messages draws itself alone, and what is changed is drawn again', () => {
  const at = (id: number) =>
    message(id, { timeCreated: 1_790_000_000 + id * 1000, html: `<p>Words ${id}</p>` })
  const newest = [at(5), at(6), at(7)]
  let rerender: ReturnType<typeof render>['rerender'] = nothing
  expect(
    drawnBy(() => {
      rerender = render(shown(newest)).rerender
    }),
  ).toBe(3)
  const older = [at(1), at(2), at(3), at(4)]
  // The first of the newer ones has another before it now.
  expect(drawnBy(() => rerender(shown([...older, ...newest])))).toBeLessThanOrEqual(older.length + 1)
  const changed = [...older, ...newest.slice(0, 2), { ...at(7), html: '<p>Changed</p>' }]
  expect(drawnBy(() => rerender(shown(changed)))).toBe(1)
  expect([...document.querySelectorAll('.message-body')].map(({ textContent }) => textContent)).toEqual([
    ...[1, 2, 3, 4, 5, 6].map((id) => `Words ${id}`),
    'Changed',
  ])
})

it('a dialogue is opened with more than fills the screen, and the rest follows', async () => {
  const saying = (html: string) =>
    Array.from({ length: 60 }, (_, i) => message(i + 1, { timeCreated: 1_790_000_000 + i * 1000, html }))
  const first = (html: string) => drawnBy(() => render(shown(saying(html))).unmount())
  expect(innerHeight).toBe(768)
  expect(first(`<p>${'long '.repeat(200)}</p>`)).toBe(12)
  expect(first('<p>Yes.</p>') * 22).toBeGreaterThan(innerHeight)
  const { container } = render(shown(saying('<p>Yes.</p>')))
  await vi.waitFor(() => expect(container.querySelectorAll('.message')).toHaveLength(60))
})
