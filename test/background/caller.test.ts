import { beforeEach, describe, expect, it } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { accountsFor, callerOf, pick, standsOn } from '../../entrypoints/background/caller.ts'
import { keepSession } from '../../entrypoints/background/sessions.ts'
import type { AccountRow } from '../../lib/store/rows.ts'

const account = (userId: number, wwwroot = 'https://moodle.example/school'): AccountRow => ({
  id: `${userId}@${wwwroot.slice('https://'.length)}`,
  wwwroot,
  formerWwwroots: [],
  siteName: 'School',
  userId,
  fullName: '',
  onlyMe: true,
  timeSwitchedOn: 0,
  locked: false,
})

const tara = account(3)
const anna = account(5)
const elsewhere = account(3, 'https://other.example')
const page = (url: string) => callerOf({ url, tab: { id: 7 }, frameId: 0 })

async function loggedIn(
  userId: number,
  state: 'open' | 'logged-in-as' | 'switched-role' | 'guest' = 'open',
): Promise<void> {
  await keepSession({ site: 'moodle.example/school', wwwroot: tara.wwwroot, sesskey: 'k', userId, state })
}

beforeEach(() => fakeBrowser.reset())

describe('who asks', () => {
  it('is one of our own pages, a Moodle page’s top frame, or a stranger', () => {
    expect(callerOf({ url: fakeBrowser.runtime.getURL('/inbox.html') }).kind).toBe('own-page')
    expect(page('https://moodle.example/school/course/view.php').kind).toBe('in-page')
    expect(callerOf({ url: 'https://moodle.example/school/', tab: { id: 7 }, frameId: 4 }).kind).toBe(
      'stranger',
    )
    expect(callerOf({ url: 'https://moodle.example/school/' }).kind).toBe('stranger')
  })

  it('stands on a site only below its whole path', () => {
    expect(standsOn('https://moodle.example/school/my/', tara.wwwroot)).toBe(true)
    expect(standsOn('https://moodle.example/schoolmates/', tara.wwwroot)).toBe(false)
    expect(standsOn('https://moodle.example.evil/school/', tara.wwwroot)).toBe(false)
    expect(standsOn('https://evil.example/moodle.example/school/', tara.wwwroot)).toBe(false)
  })
})

describe('a page sees', () => {
  const all = [tara, anna, elsewhere]

  it('the account of the person that the site says is logged in, and no other', async () => {
    await loggedIn(5)
    expect(await accountsFor(page('https://moodle.example/school/my/'), all)).toEqual([anna])
  })

  it.each(['logged-in-as', 'switched-role', 'guest'] as const)(
    'nothing while its session is %s, whoever it claims to be',
    async (state) => {
      await loggedIn(5, state)
      expect(await accountsFor(page('https://moodle.example/school/my/'), all)).toEqual([])
    },
  )

  it('the account of the innermost Moodle where one stands below another', async () => {
    const outer = account(5, 'https://moodle.example')
    await loggedIn(5)
    await keepSession({
      site: 'moodle.example',
      wwwroot: outer.wwwroot,
      sesskey: 'o',
      userId: 5,
      state: 'open',
    })
    expect(await accountsFor(page('https://moodle.example/school/my/'), [outer, anna])).toEqual([anna])
  })

  it('nothing of another site, nor of another path of the same host', async () => {
    await loggedIn(3)
    expect(await accountsFor(page('https://other.example/'), all)).toEqual([])
    expect(await accountsFor(page('https://moodle.example/blog/'), all)).toEqual([])
  })

  it('no account that it names and may not see', () => {
    expect(() => pick([anna], tara.id)).toThrow('not to be seen')
  })
})

it('our own pages see every account', async () => {
  expect(await accountsFor({ kind: 'own-page' }, [tara, anna])).toEqual([tara, anna])
})
