import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  isSignedOut,
  launchAddress,
  publicConfig,
  readLaunchRedirect,
  readPageText,
  signIn,
} from '../../lib/moodle/index.ts'
import { startSimulator } from '../moodle-simulator/index.ts'
import { fakeSite, page, rejection, wwwroot } from './fake-site.ts'

const wstoken = '0123456789abcdef0123456789abcdef'
const randomPassport = () => 'passport-1'
const md5 = (text: string) => createHash('md5').update(text).digest('hex')
const value = (parts: string[]) => Buffer.from(parts.join(':::')).toString('base64')
const signed = value([md5(`${wwwroot}passport-1`), wstoken])
const withPrivate = value([md5(`${wwwroot}passport-1`), wstoken, 'p'.repeat(64)])
const launchPage = (address: string) =>
  page(`<!DOCTYPE html><html><body><a id="launchapp" href="${address}">Continue</a></body></html>`)

const launch = (answer: Response) => {
  const site = fakeSite(answer)
  return { site, result: signIn.withLaunchPage({ wwwroot, fetch: site.fetch, randomPassport }) }
}

describe('the launch page', () => {
  test('gives the token of whoever is logged in, and the private one is not kept', async () => {
    const { site, result } = launch(launchPage(`aside://token=${withPrivate}`))
    expect(await result).toEqual({ wstoken })
    const { url, request } = site.asked[0] ?? expect.unreachable()
    expect(url.pathname).toBe('/admin/tool/mobile/launch.php')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      service: 'moodle_mobile_app',
      passport: 'passport-1',
      urlscheme: 'aside',
      confirmed: '1',
    })
    expect(request.credentials).toBe('include')
  })

  test.each([
    ['another scheme, as most sites force one', `moodlemobile://token=${signed}`],
    ['a scheme with dots and dashes', `com.school-app+x://token=${signed}`],
    ['a value escaped in the page', `moodlemobile://token=${signed.replaceAll('=', '&#x3D;')}`],
    ['a value encoded for an address', `moodlemobile://token=${signed.replaceAll('=', '%3D')}`],
  ])('may use %s', async (_, address) => {
    expect(await launch(launchPage(address)).result).toEqual({ wstoken })
  })

  test('a token signed for somebody else’s passport is refused', async () => {
    const forged = value([md5(`${wwwroot}passport-2`), wstoken])
    const error = await rejection(launch(launchPage(`aside://token=${forged}`)).result)
    expect(error).toMatchObject({ kind: 'moodle', errorcode: 'signaturemismatch' })
    expect(JSON.stringify(error)).not.toContain(wstoken)
  })

  test('a site that does not allow it answers with an error page, and its code is read', async () => {
    const text =
      '<html><p class="errorcode"><a href="https://docs.moodle.org/405/en/error/tool_mobile/pluginnotenabledorconfigured">More</a></html>'
    const error = await rejection(launch(page(text, { status: 404 })).result)
    expect(error).toMatchObject({ kind: 'moodle', errorcode: 'pluginnotenabledorconfigured' })
  })

  test('a login page means signed out', async () => {
    const text = '<html><form><input type="hidden" name="logintoken" value="x"></form></html>'
    expect(isSignedOut(await rejection(launch(page(text)).result))).toBe(true)
  })

  test('any other page is malformed, any other status a bad one', async () => {
    expect(await rejection(launch(page('<html>hello</html>')).result)).toMatchObject({
      kind: 'malformed',
      html: true,
    })
    expect(await rejection(launch(page('<html>oh</html>', { status: 500 })).result)).toMatchObject({
      kind: 'bad-status',
      status: 500,
    })
  })
})

describe('a password', () => {
  const signInWith = (answer: unknown) => {
    const site = fakeSite(answer)
    return {
      site,
      result: signIn.withPassword({ wwwroot, fetch: site.fetch, username: 'ann', password: 'Pass.1234' }),
    }
  }

  test('is exchanged for a token in the body of a request without cookies', async () => {
    const { site, result } = signInWith({ token: wstoken, privatetoken: 'p'.repeat(64) })
    expect(await result).toEqual({ wstoken })
    const { url, form, request } = site.asked[0] ?? expect.unreachable()
    expect(url.href).toBe(`${wwwroot}/login/token.php`)
    expect(Object.fromEntries(form)).toEqual({
      username: 'ann',
      password: 'Pass.1234',
      service: 'moodle_mobile_app',
    })
    expect(request.credentials).toBe('omit')
  })

  test('that is wrong means signed out', async () => {
    const error = await rejection(signInWith({ error: 'Invalid login', errorcode: 'invalidlogin' }).result)
    expect(error).toMatchObject({ kind: 'moodle', wsfunction: 'login/token.php' })
    expect(isSignedOut(error)).toBe(true)
  })

  test('answered with neither is malformed', async () => {
    expect(await rejection(signInWith({}).result)).toMatchObject({ kind: 'malformed', path: 'token' })
  })
})

test('a pasted key is checked by asking whose it is', async () => {
  const site = fakeSite({
    exception: 'moodle_exception',
    errorcode: 'invalidtoken',
    message: 'Invalid token',
  })
  const error = await rejection(signIn.checkToken({ wwwroot, wstoken, fetch: site.fetch }))
  expect(isSignedOut(error)).toBe(true)
  expect(site.asked[0]?.form.get('wsfunction')).toBe('core_webservice_get_site_info')
})

describe('single sign-on in the person’s own browser', () => {
  const passport = 'passport-1'

  test('begins with an address that says who asks', () => {
    const address = new URL(launchAddress({ wwwroot, passport, urlscheme: 'myapp', oauthsso: '4' }))
    expect(address.origin + address.pathname).toBe(`${wwwroot}/admin/tool/mobile/launch.php`)
    expect(Object.fromEntries(address.searchParams)).toEqual({
      service: 'moodle_mobile_app',
      passport,
      urlscheme: 'myapp',
      oauthsso: '4',
    })
    const own = launchAddress({ wwwroot, passport, urlscheme: 'myapp', launchurl: `${wwwroot}/sso.php?a=1` })
    expect(own).toMatch(/\/sso\.php\?a=1&service=moodle_mobile_app&/)
  })

  test('ends with the redirect, whatever scheme the site forces', () => {
    for (const scheme of ['myapp', 'moodlemobile']) {
      expect(readLaunchRedirect(`${scheme}://token=${withPrivate}`, { wwwroot, passport })).toEqual({
        wstoken,
      })
    }
  })

  test.each([
    ['an old answer', signed, 'passport-2', 'signaturemismatch'],
    ['no base64 at all', '%%%', 'passport-1', undefined],
  ])('refuses %s', (_, token, asked, errorcode) => {
    const read = () => readLaunchRedirect(`myapp://token=${token}`, { wwwroot, passport: asked })
    expect(read).toThrow(
      expect.objectContaining(errorcode ? { errorcode } : { kind: 'malformed', path: 'token' }),
    )
  })

  test('works against a site', async () => {
    const simulator = await startSimulator()
    const { cookie } = simulator.login('teacher1')
    const address = launchAddress({ wwwroot: simulator.wwwroot, passport, urlscheme: 'myapp' })
    const answer = await fetch(address, { headers: { cookie }, redirect: 'manual' })
    const redirect = answer.headers.get('location') ?? ''
    const { wstoken: held } = readLaunchRedirect(redirect, { wwwroot: simulator.wwwroot, passport })
    const info = await signIn.checkToken({ wwwroot: simulator.wwwroot, wstoken: held, fetch })
    expect(info.username).toBe('teacher1')
    await simulator.close()
  })
})

test('a session can be taken from the text of a page', async () => {
  const simulator = await startSimulator()
  const { cookie, sesskey } = simulator.login('teacher1')
  const html = await (await fetch(`${simulator.wwwroot}/my/`, { headers: { cookie } })).text()
  expect(readPageText(html)).toMatchObject({ wwwroot: simulator.wwwroot, sesskey, userId: 3, state: 'ok' })
  expect(readPageText('<html><body>hello</body></html>')).toBeUndefined()
  await simulator.close()
})

test('signing in can be given up', async () => {
  const controller = new AbortController()
  controller.abort()
  const options = { wwwroot, fetch: fakeSite({}).fetch, signal: controller.signal }
  const given = { kind: 'unreachable', aborted: true, sent: false }
  expect(await rejection(publicConfig(options))).toMatchObject(given)
  expect(await rejection(signIn.withPassword({ ...options, username: 'a', password: 'b' }))).toMatchObject(
    given,
  )
})
