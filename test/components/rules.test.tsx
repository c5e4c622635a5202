// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { peopleCsv } from '../../components/rules/table-deeds.tsx'
import { applyMarkup } from '../../lib/dialogue/apply-markup.ts'
import { compose } from '../../lib/dialogue/compose.ts'
import { MARK } from '../../lib/dialogue/marks.ts'
import type { RuleDraft } from '../../lib/dialogue/open-rule.ts'
import type { RuleView } from '../../lib/dialogue/rule-views.ts'
import { ANNA, BIOLOGY, NOW, pickable } from '../example.ts'
import { biologyChoices, counts, preview, progress, reachedPerson, rule } from '../example-rules.ts'
import { drawDesk } from './options-screen.tsx'
import { createOffice, useScreen, violations } from './screen.tsx'
import { speak } from './words.ts'

useScreen()

beforeEach(() => {
  vi.spyOn(Date, 'now').mockReturnValue(NOW * 1000)
})

type World = ReturnType<typeof createOffice>['world']

async function openDesk(prepare: (world: World) => void = () => {}) {
  const { world, connection } = createOffice()
  world.courseChoices = biologyChoices()
  world.preview = preview()
  prepare(world)
  await drawDesk(connection)
  return world
}

const press = async (name: string | RegExp) => fireEvent.click(await screen.findByRole('button', { name }))
const write = async (label: string, value: string) =>
  fireEvent.input(await screen.findByLabelText(label), { target: { value } })
const lastSaved = (world: World) => world.questions('saveRule').at(-1) as RuleDraft

/** As the buttons write it. */
const listed = `${applyMarkup('Quite bold', 6, 10, 'bold').text}\n${MARK}4. four`

const sending = (change: Partial<RuleView> = {}) =>
  rule({
    state: 'active',
    timeLastRun: NOW - 60,
    progress: progress({
      counts: counts({ delivered: 25, refused: 1, waiting: 4, 'not-attempted': 30 }),
      secondsLeft: 130,
    }),
    ...change,
  })

describe('the list of rules', () => {
  it('says of each where it stands, in words, and whom it has reached', async () => {
    await openDesk((world) => {
      world.rules = [sending(), rule({ id: 'r2', subject: 'Done long ago' })]
    })
    const [first, second] = await within(await screen.findByRole('list', { name: 'Rules' })).findAllByRole(
      'button',
    )
    expect(first?.textContent).toContain('Sending: 26 of 60. About 2 minutes left.')
    expect(first?.textContent).toContain('25 delivered · 1 refused · 4 on its way · 30 not attempted')
    expect(second?.textContent).toContain('Done.')
    expect(second?.textContent).toContain('28 answered')
    expect(screen.getByText('Nothing is sent while every browser is closed.')).toBeTruthy()
    expect(await violations()).toEqual([])
  })

  it.each([
    [{ kind: 'schedule', untilMs: (NOW + 90_000) * 1000 }, /^Begins on its own: 13 November 2026/],
    [{ kind: 'quiet-hours', untilMs: (NOW + 3600) * 1000 }, /^Quiet hours: goes on at \d+:\d\d/],
    [{ kind: 'daily-cap', cap: 2000, untilMs: (NOW + 3600) * 1000 }, /^2,000 messages have left today/],
    [{ kind: 'undo', untilMs: (NOW + 7) * 1000 }, /^Leaves in 7 seconds\.$/],
    [{ kind: 'trouble', trouble: { kind: 'offline', mender: 'wait' } }, /^Waits: /],
  ] as const)('says what holds one: %j', async (hold, words) => {
    await openDesk((world) => {
      world.rules = [sending({ progress: progress({ counts: counts({ 'not-attempted': 3 }), hold }) })]
    })
    expect(await screen.findByText(words)).toBeTruthy()
  })

  it('names what differs from person to person, and shows no braces', async () => {
    await openDesk((world) => {
      world.rules = [rule({ subject: 'Welcome to {course}', title: 'Welcome to Biology 101, {firstname}' })]
    })
    await press(/Welcome to Biology 101, ‹First name›/)
    await screen.findByRole('heading', { name: 'Welcome to Biology 101, ‹First name›' })
  })

  it('begins with a sentence where there are none', async () => {
    await openDesk()
    expect(await screen.findByText(/^No rules yet\./)).toBeTruthy()
    expect(await violations()).toEqual([])
  })

  it('shows those of one course', async () => {
    const world = await openDesk((world) => {
      world.rules = [rule(), rule({ id: 'r2', subject: 'Elsewhere', courseId: 3 })]
    })
    await screen.findByText('Elsewhere')
    fireEvent.change(screen.getByLabelText('Course'), { target: { value: String(BIOLOGY.id) } })
    await waitFor(() => expect(screen.queryByText('Elsewhere')).toBeNull())
    expect(world.questions('rules').at(-1)).toMatchObject({ courseId: BIOLOGY.id, oneOff: false })
  })
})

describe('making a rule', () => {
  it('keeps what is written, previews it, and starts it', async () => {
    const world = await openDesk()
    await press('New rule')
    fireEvent.click(await screen.findByLabelText(/^Student/))
    await write('Subject', 'Welcome to Biology')
    await write('Text', 'Dear ')
    await press('First name')
    fireEvent.click(screen.getByLabelText(/^Also people who join later/))
    expect(await violations()).toEqual([])
    await press('See who gets what')
    await screen.findByRole('heading', { name: 'Before it is sent' })
    expect(lastSaved(world)).toMatchObject({
      courseId: BIOLOGY.id,
      audience: { kind: 'course', courseId: BIOLOGY.id, roleIds: [5] },
      subject: 'Welcome to Biology',
      text: 'Dear {firstname}',
      future: {},
    })
    expect(await screen.findByText('Dear Anna, welcome.')).toBeTruthy()
    expect(screen.getByText('58 people get a private copy each.')).toBeTruthy()
    expect(screen.getByText('58 people').closest('[role=status]')).toBeTruthy()
    expect(screen.getByText('2 people cannot be reached')).toBeTruthy()
    expect(screen.getByText('You can take it back for 10 seconds.')).toBeTruthy()
    expect(await violations()).toEqual([])
    await press('Send to 58 people')
    expect(await screen.findByRole('heading', { name: 'Welcome to Biology' })).toBeTruthy()
    expect(world.rules[0]?.state).toBe('active')
  })

  it('stores what was written when the form is left, and nothing before', async () => {
    const world = await openDesk()
    await press('New rule')
    expect(world.questions('saveRule')).toEqual([])
    await write('Subject', 'Half a thought')
    await press('All rules')
    await waitFor(() => expect(lastSaved(world)).toMatchObject({ subject: 'Half a thought' }))
    await press(/Half a thought/)
    expect(((await screen.findByLabelText('Subject')) as HTMLInputElement).value).toBe('Half a thought')
  })

  it('says so where it could not be stored, and stores it with the next change', async () => {
    const world = await openDesk()
    await press('New rule')
    world.isDown = true
    await write('Subject', 'Not lost')
    await screen.findByText('Draft not saved yet', undefined, { timeout: 2000 })
    world.isDown = false
    await write('Text', 'Words')
    await screen.findByText('Saved. Nothing is sent yet.', undefined, { timeout: 2000 })
    expect(lastSaved(world)).toMatchObject({ subject: 'Not lost', text: 'Words' })
  })

  it('is one rule however often it is saved', async () => {
    const world = await openDesk()
    await press('New rule')
    await write('Subject', 'One')
    await screen.findByText('Saved. Nothing is sent yet.', undefined, { timeout: 2000 })
    await write('Subject', 'One and the same')
    await waitFor(() => expect(world.rules.map(({ subject }) => subject)).toEqual(['One and the same']), {
      timeout: 2000,
    })
  })

  it('takes people by name', async () => {
    const world = await openDesk((world) => {
      world.recipients = [pickable(ANNA)]
    })
    await press('New rule')
    fireEvent.click(await screen.findByLabelText(/^People by name/))
    const box = await screen.findByRole('combobox', { name: 'To' })
    fireEvent.input(box, { target: { value: 'Anna' } })
    fireEvent.click(await screen.findByRole('option', { name: /Anna Weber/ }))
    await write('Subject', 'Just you')
    await write('Text', 'Words')
    await press('See who gets what')
    await screen.findByRole('heading', { name: 'Before it is sent' })
    expect(lastSaved(world).audience).toEqual({ kind: 'people', userIds: [ANNA.id] })
  })

  it('is for groupings where the site tells them', async () => {
    const world = await openDesk((world) => {
      world.courseChoices = biologyChoices({ groupings: [{ id: 7, name: 'Labs', count: 30 }] })
    })
    await press('New rule')
    fireEvent.click(await screen.findByLabelText(/^Labs/))
    await write('Subject', 'Goggles')
    await write('Text', 'Words')
    await press('See who gets what')
    await waitFor(() => expect(lastSaved(world).audience).toMatchObject({ groupingIds: [7] }))
  })

  it('says that groupings are not to be had where the site does not tell them, and offers the groups', async () => {
    await openDesk()
    await press('New rule')
    expect(await screen.findByText(/^Moodle tells groupings .*Choose their groups instead\.$/)).toBeTruthy()
    expect(screen.getByLabelText(/^Group A/)).toBeTruthy()
    expect(await violations()).toEqual([])
  })

  it('puts in a template, and says what is no field', async () => {
    const world = await openDesk()
    await press('New rule')
    const choice = await screen.findByLabelText('Template')
    await within(choice).findByText('Welcome')
    fireEvent.change(choice, { target: { value: 'starter-welcome' } })
    await waitFor(() =>
      expect((screen.getByLabelText('Subject') as HTMLInputElement).value).toBe('Welcome to {course}'),
    )
    await write('Text', 'Dear {frstname}')
    expect(await screen.findByText('{frstname} is no field and stays as it is.')).toBeTruthy()
    await press('All rules')
    await waitFor(() => expect(lastSaved(world).text).toBe('Dear {frstname}'))
  })

  it('chooses who has not submitted, and says which conditions need a token', async () => {
    const world = await openDesk()
    await press('New rule')
    const only = await screen.findByLabelText('Only who')
    const options = within(only).getAllByRole('option') as HTMLOptionElement[]
    const needy = options.filter(({ text }) => text.includes('needs a security key'))
    expect(needy.map(({ value, disabled }) => [value, disabled])).toEqual([['not-in-course-since', true]])
    fireEvent.change(only, { target: { value: 'not-submitted' } })
    fireEvent.change(await screen.findByLabelText('When', { selector: 'select' }), {
      target: { value: 'due 2' },
    })
    await press('All rules')
    await waitFor(() =>
      expect(lastSaved(world).audience).toMatchObject({
        condition: { kind: 'not-submitted', cmid: 3, dueWithinSeconds: 2 * 86_400 },
      }),
    )
  })
})

describe('without a token', () => {
  it('says that an assignment’s grader must be opened first, until it was', async () => {
    const world = await openDesk((world) => {
      if (world.courseChoices) world.courseChoices.assignmentsKnown = []
    })
    await press('New rule')
    fireEvent.change(await screen.findByLabelText('Only who'), { target: { value: 'submitted-not-graded' } })
    const link = await screen.findByRole('link', { name: 'Open the grader' })
    expect(link.getAttribute('href')).toMatch(/\/mod\/assign\/view\.php\?id=3&action=grader$/)
    if (world.courseChoices) world.courseChoices = { ...world.courseChoices, assignmentsKnown: [3] }
    world.tell({ topics: ['people'] })
    await waitFor(() => expect(screen.queryByRole('link', { name: 'Open the grader' })).toBeNull())
  })
})

describe('the signature of a course', () => {
  it('is kept with the account, as it is when the field is left', async () => {
    const world = await openDesk()
    await press('New rule')
    const field = await screen.findByLabelText('Signature in this course')
    fireEvent.input(field, { target: { value: 'Tara' } })
    fireEvent.change(field, { target: { value: 'Tara' } })
    await waitFor(() =>
      expect(world.questions('setSignature')).toMatchObject([{ courseId: BIOLOGY.id, text: 'Tara' }]),
    )
  })
})

describe('who has not answered', () => {
  it('is asked of an earlier message of the course', async () => {
    const world = await openDesk((world) => {
      world.rules = [
        rule({ id: 'r1', subject: 'Welcome to Biology' }),
        rule({ id: 'r2', subject: 'Week one' }),
      ]
    })
    await press('New rule')
    const only = await screen.findByLabelText('Only who')
    await waitFor(() =>
      expect(
        (within(only).getAllByRole('option') as HTMLOptionElement[]).find(
          ({ value }) => value === 'not-answered',
        )?.disabled,
      ).toBe(false),
    )
    fireEvent.change(only, { target: { value: 'not-answered' } })
    fireEvent.change(await screen.findByLabelText('Earlier message'), { target: { value: 'r2' } })
    await press('All rules')
    await waitFor(() =>
      expect(lastSaved(world).audience).toMatchObject({ condition: { kind: 'not-answered', ruleId: 'r2' } }),
    )
  })
})

describe('the preview', () => {
  async function openPreview(change: Parameters<typeof preview>[0]) {
    const world = await openDesk((world) => {
      world.rules = [rule({ state: 'draft', progress: progress() })]
      world.preview = preview(change)
    })
    await press(/Welcome to Biology/)
    await press('See who gets what')
    await screen.findByRole('heading', { name: 'Before it is sent' })
    return world
  }

  it('does not let a text that is too long be sent', async () => {
    await openPreview({ longestBytes: 5000 })
    expect(
      await screen.findByText('The longest text has 5,000 bytes; Moodle takes 4,096. Shorten it.'),
    ).toBeTruthy()
    const send = screen.getByRole('button', { name: 'Send to 58 people' }) as HTMLButtonElement
    expect(send.disabled).toBe(true)
  })

  it('marks who is not in the course, whom other groups hold, and fields that are empty', async () => {
    await openPreview({
      wrongCourse: [{ id: 7, fullName: 'Carla Out' }],
      otherGroups: 4,
      fields: [{ name: 'group', unknown: false, emptyFor: 3 }],
      leftToday: 10,
    })
    const list = await screen.findByRole('list', { name: 'Worth a look' })
    expect(
      within(list)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual([
      '{group} is empty for 3 people. A fallback helps: {group|your group}.',
      '1 person is not in this course: Carla Out.',
      '4 people outside your groups are left out.',
      '10 of them can leave today; the others follow.',
    ])
  })

  it('leaves out somebody of a course, who is taken in again in the text’s form', async () => {
    const world = await openDesk((world) => {
      const audience = { kind: 'course' as const, courseId: BIOLOGY.id }
      const shown = rule({ state: 'draft', audience, progress: progress() })
      world.rules = [shown]
      world.rulePeople.set(shown.id, [reachedPerson(ANNA.id, { standing: 'not-attempted' })])
    })
    await press(/Welcome to Biology/)
    await press('See who gets what')
    await press(/^Leave out /)
    await waitFor(() => expect(lastSaved(world).audience).toMatchObject({ exceptUserIds: [ANNA.id] }))
    await press('Back to the text')
    await press('Include them again')
    await press('All rules')
    await waitFor(() => expect(lastSaved(world).audience).not.toHaveProperty('exceptUserIds'))
  })

  const sampled = (html: string) => ({
    samples: [{ person: ANNA, subject: 'Welcome', bytes: 99, html }],
  })

  it('draws a text as it is read: bold, in lists, with its links', async () => {
    const { html } = compose({ text: `${listed}\n\nSee https://moodle.example/course/view.php?id=2` })
    await openPreview(sampled(html))
    expect((await screen.findByText('bold')).localName).toBe('strong')
    expect(screen.getByText('four').closest('ol')?.start).toBe(4)
    const link = screen.getByRole('link', { name: /^https:/ }) as HTMLAnchorElement
    expect([link.href, link.target, link.rel]).toEqual([
      'https://moodle.example/course/view.php?id=2',
      '_blank',
      'noopener noreferrer',
    ])
    expect(await violations()).toEqual([])
  })

  it('makes nothing of what no message of ours holds but its words', async () => {
    await openPreview(
      sampled(
        '<p onclick="x()">Hi <img src="https://a.example/p" onerror="x()"><a href="javascript:x()">go</a></p>',
      ),
    )
    const { parentElement } = await screen.findByText('go')
    expect(parentElement?.outerHTML).toBe('<p>Hi <a>go</a></p>')
  })

  it('says why the site could not be read, and asks again', async () => {
    const world = await openPreview({})
    await screen.findByText('Dear Anna, welcome.')
    world.preview = undefined
    await press('Back to the text')
    await press('See who gets what')
    await press('Try now')
    await waitFor(() => expect(world.questions('previewRule').length).toBe(3))
  })
})

describe('one rule', () => {
  async function openRule(shown: RuleView, prepare: (world: World) => void = () => {}) {
    const world = await openDesk((world) => {
      world.rules = [shown]
      world.rulePeople.set(shown.id, [
        reachedPerson(5, { timeAnswered: NOW - 100 }),
        reachedPerson(6),
        reachedPerson(7, {
          standing: 'refused',
          trouble: { kind: 'recipient-refuses', mender: 'nobody', serverSays: 'Ben only takes contacts' },
        }),
      ])
      prepare(world)
    })
    await press(new RegExp(shown.subject))
    await screen.findByRole('heading', { name: shown.subject })
    return world
  }

  it('is paused, gone on with, and cancelled after a question', async () => {
    const world = await openRule(sending())
    await press('Pause')
    await screen.findByText(/^Paused\./)
    await press('Go on')
    await screen.findByText(/^Sending: 26 of 60/)
    await press('Cancel')
    await press('Cancel for those not yet reached')
    await screen.findByText(/^Cancelled\./)
    expect(world.rules[0]?.state).toBe('cancelled')
  })

  it('is taken back while it may be', async () => {
    const world = await openRule(
      sending({ progress: progress({ hold: { kind: 'undo', untilMs: (NOW + 7) * 1000 } }) }),
    )
    await press('Take back')
    await screen.findByText('Draft. Nothing of it was sent.')
    expect(world.rules[0]?.state).toBe('draft')
  })

  it.each(['quiet-hours', 'schedule'] as const)(
    'that waits for %s leaves at once where the person says so',
    async (kind) => {
      const world = await openRule(
        sending({ progress: progress({ hold: { kind, untilMs: (NOW + 3600) * 1000 } }) }),
      )
      await press('Send now')
      await waitFor(() => expect(world.questions('sendNow')).toMatchObject([{ key: 'r1r1r1r1r1r1' }]))
    },
  )

  it('shows what it says with the signature that people got', async () => {
    await openRule(rule({ text: 'Words', signature: 'Tara, room 5' }))
    expect((await screen.findByText(/^Words/)).textContent).toBe('Words\n\nTara, room 5')
  })

  it('is paused before it is edited', async () => {
    const world = await openRule(sending())
    await press('Pause and edit')
    await write('Text', 'Better words')
    await press('All rules')
    await waitFor(() => expect(lastSaved(world)).toMatchObject({ id: 'r1r1r1r1r1r1', text: 'Better words' }))
    expect(world.rules[0]?.state).toBe('paused')
  })

  it('shows person by person what became of it, by standing and by answers', async () => {
    const world = await openRule(rule())
    const table = await screen.findByRole('table')
    expect(within(table).getAllByRole('row')).toHaveLength(4)
    expect(within(table).getByText('Ben only takes contacts')).toBeTruthy()
    expect(await violations()).toEqual([])
    fireEvent.change(screen.getByLabelText('Show'), { target: { value: 'not-answered' } })
    await waitFor(() => expect(within(table).getAllByRole('row')).toHaveLength(2))
    fireEvent.change(screen.getByLabelText('Show'), { target: { value: 'refused' } })
    await within(table).findByText('Student Number7')
    expect(world.questions('rulePeople').at(-1)).not.toHaveProperty('withCourse')
  })

  it('has a column for who was last in the course only where that is known of somebody', async () => {
    const never = { timeLastInCourse: 0 }
    const ids = [5, 6]
    const of = (...lasts: { timeLastInCourse: number }[]) =>
      ids.map((id, at) => reachedPerson(id, lasts[at] ?? never))
    const world = await openRule(rule(), (world) => world.rulePeople.set('r1r1r1r1r1r1', of(never, never)))
    const table = await screen.findByRole('table')
    const heads = () => within(table).getAllByRole('columnheader').length
    const before = heads()
    fireEvent.click(screen.getByRole('checkbox', { name: /last in the course/ }))
    await screen.findByText(/is not known/)
    expect(heads()).toBe(before)
    world.rulePeople.set('r1r1r1r1r1r1', of(never, { timeLastInCourse: NOW - 60 }))
    fireEvent.change(screen.getByLabelText('Show'), { target: { value: '' } })
    await within(table).findByText('Never here')
    expect(heads()).toBe(before + 1)
  })

  it('asks the person what nobody can prove', async () => {
    const world = await openRule(rule(), (world) => {
      world.rulePeople.set('r1r1r1r1r1r1', [
        reachedPerson(5, { standing: 'unknown', trouble: { kind: 'not-proven', mender: 'person' } }),
      ])
    })
    await press('It arrived')
    await waitFor(() =>
      expect(world.questions('settleRule')).toEqual([
        { accountId: rule().accountId, ruleId: 'r1r1r1r1r1r1', userIds: [5], arrived: true },
      ]),
    )
  })

  it('draws a page of ten thousand people, and turns to the next', async () => {
    await openRule(rule(), (world) => {
      const people = Array.from({ length: 10_000 }, (_, at) => reachedPerson(at + 1))
      world.rulePeople.set('r1r1r1r1r1r1', people)
    })
    const table = await screen.findByRole('table')
    expect(within(table).getAllByRole('row')).toHaveLength(51)
    await press('Next 50')
    await screen.findByText('51 to 100')
    expect(within(table).getAllByRole('row')).toHaveLength(51)
    await press('Previous 50')
    await screen.findByText('1 to 50')
  })

  it('begins a follow-up to those who have not answered', async () => {
    const world = await openRule(rule())
    await press('Write to 30 who have not answered')
    await write('Text', 'Did you see my message?')
    await press('All rules')
    await waitFor(() =>
      expect(lastSaved(world)).toMatchObject({
        audience: {
          kind: 'course',
          courseId: BIOLOGY.id,
          condition: { kind: 'not-answered', ruleId: 'r1r1r1r1r1r1' },
        },
        text: 'Did you see my message?',
      }),
    )
  })
})

describe('what was sent', () => {
  it('unfolds to its people, rules and messages to several alike', async () => {
    await openDesk((world) => {
      world.rules = [
        rule({ id: 'several', subject: 'Lab tomorrow', oneOff: true }),
        rule(),
        rule({ id: 'draft', subject: 'Not sent', state: 'draft' }),
      ]
      world.rulePeople.set('several', [reachedPerson(5)])
    })
    await press('Sent')
    const summary = (await screen.findByText('Lab tomorrow')).closest('summary')
    expect(summary?.textContent).toContain('28/58')
    expect(screen.queryByText('Not sent')).toBeNull()
    const details = summary?.parentElement as HTMLDetailsElement
    details.open = true
    fireEvent(details, new Event('toggle'))
    expect(await screen.findByText('Student Number5')).toBeTruthy()
    expect(await violations()).toEqual([])
  })
})

describe('the table that is saved', () => {
  it('has no formula in it, and never says when somebody was in the course', () => {
    const csv = peopleCsv([
      reachedPerson(5, {
        person: { id: 5, fullName: '=HYPERLINK("http://evil.example")' },
        timeLastInCourse: NOW - 3600,
        lastInCourse: '1 hour ago',
      }),
    ])
    expect(csv.startsWith('\ufeff"Name","State","Reason","Reached","Answered","Message"\r\n')).toBe(true)
    expect(csv).toContain('"\'=HYPERLINK')
    expect(csv).not.toContain('1 hour')
    expect(csv.split('\r\n')).toHaveLength(3)
  })

  it('is taken apart by semicolons where numbers have commas', () => {
    speak('de')
    expect(peopleCsv([reachedPerson(5)])).toContain('"Name";"Zustand"')
  })
})

describe('templates', () => {
  it('begin with a starter set, and take a new one', async () => {
    const world = await openDesk()
    await press('Templates')
    const list = await screen.findByRole('list', { name: 'Templates' })
    await waitFor(() => expect(within(list).getAllByRole('listitem')).toHaveLength(6))
    expect(await violations()).toEqual([])
    await press('New template')
    await write('Name', 'Lab rules')
    fireEvent.input(await screen.findByLabelText(/^Shortcut/), { target: { value: 'Lab Rules' } })
    await write('Text', 'Goggles on.')
    expect(await violations()).toEqual([])
    await press('Save')
    await screen.findByText('Lab rules')
    expect(world.templates?.at(-1)).toMatchObject({ name: 'Lab rules', shortcut: 'lab-rules' })
  })

  it('come back after they were removed', async () => {
    const world = await openDesk()
    await press('Templates')
    await press(/^Reminder/)
    await press('Remove')
    await screen.findByText(/^Removed: Reminder\./)
    expect(world.templates).toHaveLength(5)
    await press('Undo')
    await waitFor(() => expect(world.templates).toHaveLength(6))
  })

  it('are read from a file, and a file without any changes nothing', async () => {
    const world = await openDesk()
    await press('Templates')
    const input = (await screen.findByLabelText('Import')) as HTMLInputElement
    const read = (json: string) => {
      Object.defineProperty(input, 'files', { value: [new File([json], 't.json')], configurable: true })
      fireEvent.change(input)
    }
    read('{"some":"thing"}')
    await screen.findByText('This file holds no templates. Nothing was changed.')
    expect(world.questions('addTemplates')).toEqual([])
    read(JSON.stringify({ format: 'aside-templates', templates: [{ name: 'A', text: 'B' }, { name: 'C' }] }))
    await screen.findByText('1 template read. 1 was left out: no name, no text, or too long.')
    expect(world.templates).toHaveLength(7)
  })
})
