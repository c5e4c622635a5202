import { expect, test } from 'vitest'
import { createMoodleClient, isSignedOut, publicConfig, sessionTransport } from '../../lib/moodle/index.ts'
import { secondsLater } from './passing.ts'
import { signInPerson } from './people.ts'
import type { Stage } from './stage.ts'
import { ask } from './talk.ts'

/** Moodle writes a session's last use down only every so often (20 seconds). */
const UNTIL_WRITTEN = 25

/** What polling does to a session, and what the end of one looks like. */
export function sessionTests(stage: () => Stage): void {
  test('our calls do not keep a session alive; only a touch does', { timeout: 60_000 }, async () => {
    const { site } = stage()
    const { over, userid } = await signInPerson(site, site.accounts.student2)
    const remaining = () => ask(over.session, 'core_session_time_remaining', {})
    const before = await remaining()
    await secondsLater(stage(), UNTIL_WRITTEN)
    await over.session.call('core_message_get_unread_conversations_count', { useridto: userid })
    const after = await remaining()
    expect(before.userid).toBe(userid)
    expect(after.timeremaining).toBeLessThanOrEqual(before.timeremaining - UNTIL_WRITTEN + 1)
    await ask(over.session, 'core_session_touch', {})
    expect((await remaining()).timeremaining).toBeGreaterThan(after.timeremaining + UNTIL_WRITTEN / 2)
  })

  test('without the cookies a call is signed out', async () => {
    const { site, people, place } = stage()
    const { sesskey } = people.teacher
    const client = createMoodleClient(sessionTransport({ wwwroot: site.wwwroot, sesskey, fetch }))
    const asking = client.call('core_message_get_unread_conversations_count', { useridto: place.teacher })
    const error: unknown = await asking.catch((reason: unknown) => reason)
    expect(error).toMatchObject({ kind: 'moodle', errorcode: 'servicerequireslogin' })
    expect(isSignedOut(error)).toBe(true)
  })

  test('another login brings another sesskey', async () => {
    const { site, people } = stage()
    const again = await signInPerson(site, site.accounts.teacher)
    expect(again.userid).toBe(people.teacher.userid)
    expect(again.sesskey).not.toBe(people.teacher.sesskey)
    expect(again.wstoken).toBe(people.teacher.wstoken)
  })

  test('anybody may ask what the site says of itself', async () => {
    const { wwwroot } = stage().site
    expect(await publicConfig({ wwwroot, fetch })).toMatchObject({ wwwroot, maintenanceenabled: 0 })
  })
}
