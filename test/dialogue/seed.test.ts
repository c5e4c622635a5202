import { describe, expect, it } from 'vitest'
import { toHtml } from '../../lib/dialogue/markup.ts'
import { type NewDialogueSeed, quoted, seedKey } from '../../lib/dialogue/seed.ts'

const ANNA = { id: 5, fullName: 'Anna Weber' }
const BEN = { id: 6, fullName: 'Ben Ortiz' }
const ESSAY = { url: 'https://moodle.example/mod/assign/view.php?id=77', name: 'Essay 1', courseId: 2 }

describe('what a page hands over', () => {
  it('has one draft for the same people about the same page, however they were ticked', () => {
    const about = (to: NewDialogueSeed['to']) => seedKey({ to, about: ESSAY })
    expect(about([ANNA, BEN])).toBe(about([BEN, ANNA]))
    expect(about([ANNA])).not.toBe(about([BEN]))
    expect(about([ANNA])).not.toBe(seedKey({ to: [ANNA], courseId: 2 }))
    expect(about([ANNA])).toMatch(/^new\//)
  })

  it('is quoted word by word, whatever it looks like', () => {
    const html = toHtml(`${quoted('*Which* two?\n- the first')}The second.`)
    expect(html).toBe('<blockquote><p>*Which* two?<br>- the first</p></blockquote><p>The second.</p>')
    expect(quoted(' \n ')).toBe('')
  })
})
