import { expect, test } from 'vitest'
import type { Who } from './site.ts'
import type { Stage } from './stage.ts'
import { messageTo, newMark, type Sent } from './talk.ts'

async function search({ as, place }: Stage, who: Who, text: string) {
  const asked = { userid: place[who], search: text }
  const { contacts } = await as(who).call('core_message_data_for_messagearea_search_messages', asked)
  return contacts
}

function sendKey({ aside, site, place }: Stage, m: string): Promise<Sent> {
  const href = `${site.wwwroot}/course/view.php?id=${place.courseId}#dialogue=abcabcabcabc&amp;m=${m}&amp;do=open`
  return messageTo(aside('teacher'), place.student1, `<p>Words</p><p><a href="${href}">Essay</a></p>`)
}

/** The search is the proof of delivery. */
export function searchTests(stage: () => Stage): void {
  test('finds the key in a link’s fragment, and says which message and conversation', async () => {
    const m = newMark()
    const { id, conversationid } = await sendKey(stage(), m)
    expect(await search(stage(), 'teacher', `m=${m}`)).toMatchObject([
      { messageid: id, conversationid, userid: stage().place.student1, sentfromcurrentuser: true },
    ])
  })

  test('finds what one received too, and says that one did not send it', async () => {
    const m = newMark()
    const { id } = await sendKey(stage(), m)
    expect(await search(stage(), 'student1', `m=${m}`)).toMatchObject([
      { messageid: id, userid: stage().place.teacher, sentfromcurrentuser: false },
    ])
    expect(await search(stage(), 'student2', `m=${m}`)).toEqual([])
  })

  test('no longer finds what one deleted; the other side still does', async () => {
    const m = newMark()
    const { id } = await sendKey(stage(), m)
    const { as, place } = stage()
    await as('teacher').call('core_message_delete_message', { messageid: id, userid: place.teacher })
    expect(await search(stage(), 'teacher', `m=${m}`)).toEqual([])
    expect(await search(stage(), 'student1', `m=${m}`)).toHaveLength(1)
  })

  test('takes % and _ for wildcards, and does not mind the case', async () => {
    const mark = newMark()
    await messageTo(stage().aside('teacher'), stage().place.student1, `<p>${mark} fifty Percent</p>`)
    expect(await search(stage(), 'teacher', `${mark}%Percent`)).toHaveLength(1)
    expect(await search(stage(), 'teacher', `${mark}_fifty`)).toHaveLength(1)
    expect(await search(stage(), 'teacher', `${mark}_percent`)).toEqual([])
    expect(await search(stage(), 'teacher', `${mark} FIFTY percent`)).toHaveLength(1)
  })

  test('the newest comes first, by pages', async () => {
    const mark = newMark()
    const send = () => messageTo(stage().aside('teacher'), stage().place.student1, `<p>${mark}</p>`)
    const sent = [await send(), await send(), await send()].map((each) => each.id)
    const { as, place } = stage()
    const pages = [0, 2].map((limitfrom) =>
      as('teacher').call('core_message_data_for_messagearea_search_messages', {
        userid: place.teacher,
        search: mark,
        limitfrom,
        limitnum: 2,
      }),
    )
    const found = (await Promise.all(pages)).map((page) => page.contacts)
    expect(found.map((page) => page.length)).toEqual([2, 1])
    const times = found.flat().map((hit) => hit.lastmessagedate ?? 0)
    expect(times).toEqual(times.toSorted((a, b) => b - a))
    expect(found.flat().every((hit) => sent.includes(hit.messageid ?? 0))).toBe(true)
  })
}
