import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { afterEach, describe, expect, test } from 'vitest'
import { siteAddress } from '../../scripts/check-site/address.ts'
import { checkSite, type Way } from '../../scripts/check-site/check.ts'
import { inWords } from '../../scripts/check-site/print.ts'
import { running } from '../simulator/running.ts'

const simulator = running()
const password = 'Pass.1234'
const teacher: Way = { kind: 'password', username: 'teacher1', password }
const check = (way: Way = teacher) => checkSite(simulator().wwwroot, way)

afterEach(() => {
  const { settings } = simulator().school
  Object.assign(settings, { enablewebservices: true, enablemobilewebservice: true, maintenance: false })
  simulator().faults.clear()
})

test.each([
  ['moodle.example', 'https://moodle.example'],
  ['https://moodle.example/', 'https://moodle.example'],
  ['https://moodle.example/school/login/index.php?x=1', 'https://moodle.example/school'],
  ['http://127.0.0.1:8080/my/courses.php', 'http://127.0.0.1:8080'],
  ['', undefined],
  ['http://[', undefined],
])('the address %j is understood as %j', (typed, address) => {
  expect(siteAddress(typed)).toBe(address)
})

describe('a site that is well', () => {
  test('is described over both transports, with medians', async () => {
    const report = await check()
    expect(report).toMatchObject({
      sitename: 'Seed University',
      release: '4.5.6 (Build: 20250811)',
      webServices: true,
      mobileService: true,
      transports: { rest: 'works', session: 'works' },
    })
    expect(report.trouble).toBeUndefined()
    expect(report.medians).toHaveLength(6)
    expect(report.outOfReach.session).toContain('core_webservice_get_site_info')
    expect(report.outOfReach.rest).toContain('core_session_touch')
    expect(inWords(report)).toMatch(/token {4}works\n {2}session {2}works/)
  })

  test('cannot steer the terminal with its name', async () => {
    const report = { ...(await check()), sitename: 'Seed\u001b[2J\n\u202eytisrevinU' }
    expect(inWords(report).split('\n')[0]).toMatch(/^Seed\[2JytisrevinU {2}http/)
  })

  test('is described by a key or by a session alone', async () => {
    const wstoken = simulator().tokenOf('student1')
    expect(await check({ kind: 'token', wstoken })).toMatchObject({
      transports: { rest: 'works', session: 'not tried' },
    })
    const { cookie } = simulator().login('student1')
    const report = await check({ kind: 'session', cookie })
    expect(report).toMatchObject({ transports: { rest: 'not tried', session: 'works' } })
    expect(report.release).toBeUndefined()
  })

  test('says without any login what it says to everybody', async () => {
    const report = await check({ kind: 'nobody' })
    expect(report).toMatchObject({ sitename: 'Seed University', webServices: true, medians: [] })
    expect(report.trouble).toBeUndefined()
  })

  test('gets no password at another address than the one asked for, whatever it calls itself', async () => {
    const { wwwroot } = simulator()
    const asked = new Set<string>()
    const elsewhere: typeof fetch = async (input, init) => {
      const request = new Request(input, init)
      asked.add(new URL(request.url).origin)
      const answer = await fetch(request)
      // As PHP writes addresses into JSON.
      const text = (await answer.text()).replaceAll(
        wwwroot.replaceAll('/', '\\/'),
        'http:\\/\\/elsewhere.example',
      )
      return new Response(text, answer)
    }
    await checkSite(wwwroot, teacher, elsewhere)
    expect([...asked]).toEqual([wwwroot])
  })

  test('names the functions that it does not offer', async () => {
    const plain: typeof fetch = async (input, init) => {
      const answer = await fetch(input, init)
      const text = (await answer.text()).replace('"core_message_get_messages"', '"core_message_got_messages"')
      return new Response(text, answer)
    }
    const wstoken = simulator().tokenOf('student1')
    const report = await checkSite(simulator().wwwroot, { kind: 'token', wstoken }, plain)
    expect(report.missing).toContain('core_message_get_messages')
    expect(inWords(report)).toContain('core_message_get_messages')
  })
})

describe('trouble is named', () => {
  const kindOf = async (way?: Way) => (await check(way)).trouble?.kind

  test('a wrong password', async () => {
    expect(await kindOf({ ...teacher, password: 'wrong' })).toBe('wrong-password')
  })

  test('a key that does not count', async () => {
    expect(await kindOf({ kind: 'token', wstoken: 'f'.repeat(32) })).toBe('signed-out')
  })

  test('a cookie that does not count', async () => {
    expect((await check({ kind: 'session', cookie: 'MoodleSession=gone' })).trouble?.words).toMatch(
      /Not logged in/,
    )
  })

  test('web services that are off, for a key; a session works all the same', async () => {
    const wstoken = simulator().tokenOf('student1')
    simulator().setWebServices(false)
    expect(await kindOf({ kind: 'token', wstoken })).toBe('web-services-off')
    const report = await check()
    expect(report.transports).toMatchObject({ rest: { kind: 'web-services-off' }, session: 'works' })
    expect(report.trouble).toBeUndefined()
  })

  test('the mobile service that is off', async () => {
    simulator().school.settings.enablemobilewebservice = false
    const report = await check()
    expect(report.transports).toMatchObject({ rest: { kind: 'mobile-service-off' }, session: 'works' })
  })

  test('no permission to make a token', async () => {
    const report = await check({ kind: 'password', username: 'admin', password })
    expect(report.transports.rest).toMatchObject({ kind: 'no-permission' })
  })

  test('no Moodle at the address', async () => {
    simulator().faults.add({ kind: 'html' })
    expect(await kindOf()).toBe('not-a-moodle')
    simulator().faults.clear()
    expect((await checkSite(`${simulator().wwwroot}/elsewhere`, teacher)).trouble?.kind).toBe('not-a-moodle')
  })

  test('maintenance, and nobody there', async () => {
    simulator().setMaintenance('cli')
    expect(await kindOf()).toBe('maintenance')
    simulator().faults.add({ kind: 'offline' })
    expect(await kindOf()).toBe('unreachable')
  })

  test('a certificate that nobody signed', async () => {
    const pem = readFileSync('test/fixtures/self-signed.pem')
    const server = createServer({ key: pem, cert: pem }, (_, response) => response.end('{}'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const { trouble } = await checkSite(`https://127.0.0.1:${port}`, teacher)
    expect(trouble).toMatchObject({ kind: 'certificate', words: expect.stringMatching(/not trusted/) })
    await new Promise((resolve) => server.close(resolve))
  })
})

describe('the command', () => {
  const run = (args: string[], env: Record<string, string>) =>
    promisify(execFile)(process.execPath, ['scripts/check-site/main.ts', ...args], {
      env: { PATH: process.env.PATH ?? '', ...env },
    })

  test('answers in JSON, and repeats no password', async () => {
    const env = { MOODLE_PASSWORD: password }
    const { stdout, stderr } = await run([simulator().wwwroot, '--username', 'teacher1', '--json'], env)
    expect(JSON.parse(stdout)).toMatchObject({ transports: { rest: 'works', session: 'works' } })
    expect(stdout + stderr).not.toMatch(/Pass\.1234|[0-9a-f]{32}|MoodleSession/)
  })

  test('ends with 1 where nothing works, without a terminal to ask, and with 2 where it was not understood', async () => {
    const wrong = run([simulator().wwwroot], { MOODLE_TOKEN: 'f'.repeat(32) })
    await expect(wrong).rejects.toMatchObject({ code: 1, stdout: expect.stringMatching(/does not count/) })
    const silent = run([simulator().wwwroot, '--username', 'teacher1'], {})
    await expect(silent).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(/MOODLE_PASSWORD/) })
    await expect(run(['--password', 'x'], {})).rejects.toMatchObject({ code: 2 })
  })
})
