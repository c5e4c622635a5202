import { describe, expect, test } from 'vitest'
import { downloadFile, fileAddress, plainFileAddress, uploadFile } from '../../lib/moodle/index.ts'
import { accessKey } from '../moodle-simulator/functions/site.ts'
import { running } from '../simulator/running.ts'
import { fakeSite, rejection, wwwroot } from './fake-site.ts'
import { browserOf, tokenOf } from './over.ts'

const simulator = running()
const LIST = '/pluginfile.php/77/mod_page/content/1/reading%20list.txt'
const text = async (stream: ReadableStream<Uint8Array>) => new Response(stream).text()

describe('an address', () => {
  const token = { wwwroot: `${wwwroot}/school`, wstoken: 'abc123' }
  const key = { wwwroot: `${wwwroot}/school`, accesskey: 'key9' }
  const plain = `${wwwroot}/school/pluginfile.php/77/mod_page/content/1/a%20b.txt`

  test.each([
    ['of a page', plain],
    ['of a web service', `${wwwroot}/school/webservice/pluginfile.php/77/mod_page/content/1/a%20b.txt`],
    [
      'with a token in it',
      `${wwwroot}/school/webservice/pluginfile.php/77/mod_page/content/1/a%20b.txt?token=old`,
    ],
    [
      'with an access key in it',
      `${wwwroot}/school/tokenpluginfile.php/oldkey/77/mod_page/content/1/a%20b.txt`,
    ],
    ['with the other scheme', plain.replace('https', 'http')],
    ['below the site', 'pluginfile.php/77/mod_page/content/1/a%20b.txt'],
  ])('%s works on every way', (_, address) => {
    expect(plainFileAddress(token.wwwroot, address)).toBe(plain)
    expect(fileAddress(token, address)).toBe(
      `${wwwroot}/school/webservice/pluginfile.php/77/mod_page/content/1/a%20b.txt?token=abc123`,
    )
    expect(fileAddress(key, address)).toBe(
      `${wwwroot}/school/tokenpluginfile.php/key9/77/mod_page/content/1/a%20b.txt`,
    )
  })

  test('keeps what else is asked for', () => {
    expect(fileAddress(token, `${plain}?forcedownload=1&preview=thumb`)).toBe(
      `${wwwroot}/school/webservice/pluginfile.php/77/mod_page/content/1/a%20b.txt?forcedownload=1&preview=thumb&token=abc123`,
    )
  })

  test.each([
    ['another site', 'https://evil.example/school/pluginfile.php/1/a'],
    ['a host that begins alike', 'https://moodle.example.evil.test/school/pluginfile.php/1/a'],
    ['a host behind an @', 'https://moodle.example@evil.test/school/pluginfile.php/1/a'],
    ['a name before an @', 'https://someone@moodle.example/school/pluginfile.php/1/a'],
    ['another port', 'https://moodle.example:8443/school/pluginfile.php/1/a'],
    ['another site on the host', 'https://moodle.example/other/pluginfile.php/1/a'],
    ['a way out of the folder', 'https://moodle.example/school/../other/pluginfile.php/1/a'],
    ['two slashes', '//evil.test/school/pluginfile.php/1/a'],
    ['backslashes', '\\\\evil.test\\school\\pluginfile.php\\1\\a'],
    ['another script', 'https://moodle.example/school/pluginfile.php.evil/1/a'],
    ['a page', 'https://moodle.example/school/course/view.php?id=2'],
    ['other schemes', 'javascript:alert(1)'],
  ])('of %s gets no key', (_, address) => {
    for (const way of [token, key]) expect(fileAddress(way, address)).toBe(address)
  })
})

describe('a download', () => {
  test('over a token is a stream, and the token is in no address', async () => {
    const options = await tokenOf(simulator(), 'student1')
    const seen: string[] = []
    const watching: typeof fetch = (input, init) => {
      seen.push(input instanceof Request ? input.url : String(input))
      return fetch(input, init)
    }
    const got = await downloadFile({ ...options, fetch: watching }, simulator().wwwroot + LIST)
    expect(got).toMatchObject({ type: 'text/plain', size: 120_000 })
    expect((await text(got.stream)).startsWith('Cells, chapters')).toBe(true)
    expect(seen.join()).not.toContain(options.wstoken)
  })

  test('over a session uses the browser’s cookies', async () => {
    const { fetch } = browserOf(simulator(), 'student1')
    const got = await downloadFile({ wwwroot: simulator().wwwroot, fetch }, LIST)
    expect(await text(got.stream)).toHaveLength(120_000)
  })

  test('without a session is signed out, and of no such file a 404', async () => {
    const { wwwroot } = simulator()
    const out = await rejection(downloadFile({ wwwroot, fetch }, wwwroot + LIST))
    expect(out).toMatchObject({ kind: 'moodle', errorcode: 'servicerequireslogin' })
    const { fetch: mine } = browserOf(simulator(), 'student1')
    const none = await rejection(downloadFile({ wwwroot, fetch: mine }, `${wwwroot}/pluginfile.php/77/no`))
    expect(none).toMatchObject({ kind: 'bad-status', status: 404 })
  })

  test('that Moodle refuses says why', async () => {
    const options = await tokenOf(simulator(), 'student1')
    const none = await rejection(downloadFile(options, `${options.wwwroot}/pluginfile.php/77/no`))
    expect(none).toMatchObject({ kind: 'moodle', errorcode: 'filenotfound' })
    const wrong = await rejection(downloadFile({ ...options, wstoken: 'no' }, options.wwwroot + LIST))
    expect(wrong).toMatchObject({ kind: 'moodle', errorcode: 'invalidtoken' })
    const foreign = await rejection(downloadFile(options, 'https://evil.example/pluginfile.php/77/no'))
    expect(foreign).toMatchObject({ kind: 'params', path: 'address' })
  })

  test('takes addresses with the file as a parameter, as some web servers need them', async () => {
    const options = await tokenOf(simulator(), 'student1')
    const path = encodeURIComponent('/77/mod_page/content/1/reading list.txt')
    const got = await downloadFile(options, `${options.wwwroot}/pluginfile.php?file=${path}`)
    expect(got.size).toBe(120_000)
    await got.stream.cancel()
  })

  test('can be given up in its middle', async () => {
    const options = await tokenOf(simulator(), 'student1')
    const controller = new AbortController()
    const got = await downloadFile({ ...options, signal: controller.signal }, options.wwwroot + LIST)
    controller.abort()
    await expect(text(got.stream)).rejects.toThrow()
  })

  test('works by the access key too, for what a page shows', async () => {
    const { wwwroot, school } = simulator()
    const address = fileAddress({ wwwroot, accesskey: accessKey(school, 5) }, LIST)
    expect(await (await fetch(address)).text()).toHaveLength(120_000)
  })
})

describe('a download that is sent elsewhere', () => {
  test('does not take the key along', async () => {
    const site = fakeSite(new Response(null, { status: 307, headers: { location: 'https://evil.example/' } }))
    const out = await rejection(
      downloadFile({ wwwroot, wstoken: 'token123', fetch: site.fetch }, wwwroot + LIST),
    )
    expect(out).toMatchObject({ kind: 'bad-status', status: 307 })
    expect(site.asked.map(({ request }) => request.redirect)).toEqual(['manual'])
  })
})

describe('an upload', () => {
  const file = (size: number) => new Blob([new Uint8Array(size).fill(65)], { type: 'text/plain' })
  const stored = () => simulator().files.all().at(-1)

  test('goes into a draft area, a further one into the same', async () => {
    const options = await tokenOf(simulator(), 'student1')
    const first = await uploadFile(options, file(10), 'äöü "essay".txt')
    expect(first).toMatchObject({ filename: 'äöü essay.txt', filepath: '/', filesize: 10 })
    expect(stored()).toMatchObject({ userid: 5, filearea: 'draft', mimetype: 'text/plain' })
    const { itemid } = first
    const second = await uploadFile({ ...options, itemid, filepath: '/more/' }, file(20), 'two.txt')
    expect(second).toEqual({ itemid, filename: 'two.txt', filepath: '/more/', filesize: 20 })
    const again = await rejection(uploadFile({ ...options, itemid, filepath: '/more/' }, file(5), 'two.txt'))
    expect(again).toMatchObject({ kind: 'moodle', errorcode: 'filenameexist' })
  })

  test('tells how far it is', async () => {
    const options = await tokenOf(simulator(), 'student1')
    const told: number[] = []
    let total = 0
    const onProgress = (progress: { sent: number; total: number }) => {
      told.push(progress.sent)
      total = progress.total
    }
    const content = crypto.getRandomValues(new Uint8Array(60_000))
    const big = new Blob([...Array.from({ length: 20 }, () => content)])
    await uploadFile({ ...options, onProgress }, big, 'big.bin')
    expect(stored()?.content.byteLength).toBe(1_200_000)
    expect(told[0]).toBe(0)
    expect(told.length).toBeGreaterThan(5)
    expect(told.at(-1)).toBe(total)
    expect(told).toEqual(told.toSorted((a, b) => a - b))
  })

  test('can be given up', async () => {
    const options = await tokenOf(simulator(), 'student1')
    const controller = new AbortController()
    const onProgress = ({ sent }: { sent: number }) => sent > 0 && controller.abort()
    const before = simulator().files.all().length
    const error = await rejection(
      uploadFile({ ...options, onProgress, signal: controller.signal }, file(5_000_000), 'gone.bin'),
    )
    expect(error).toMatchObject({ kind: 'unreachable', aborted: true })
    expect(simulator().files.all()).toHaveLength(before)
  })

  test('that is too large is refused: known before, by the site, or by PHP', async () => {
    const options = await tokenOf(simulator(), 'student1')
    const known = await rejection(uploadFile({ ...options, maxBytes: 99 }, file(100), 'a.txt'))
    expect(known).toMatchObject({ kind: 'params', path: 'file' })
    const { settings } = simulator().school
    settings.maxbytes = 99
    const bySite = await rejection(uploadFile(options, file(100), 'a.txt'))
    settings.postmaxsize = 99
    const byPhp = await rejection(uploadFile(options, file(100), 'a.txt'))
    Object.assign(settings, { maxbytes: 67108864, postmaxsize: 67108864 })
    simulator().faults.add({ kind: 'status', status: 413, times: 1 })
    const byServer = await rejection(uploadFile(options, file(100), 'a.txt'))
    for (const error of [bySite, byPhp, byServer]) expect(error).toMatchObject({ errorcode: 'fileoversized' })
  })

  test('with a token that does not count says so, and does not repeat it', async () => {
    const wstoken = 'f'.repeat(32)
    const error = await rejection(uploadFile({ wwwroot: simulator().wwwroot, wstoken, fetch }, file(1), 'a'))
    expect(error).toMatchObject({ kind: 'moodle', errorcode: 'invalidtoken' })
    expect(JSON.stringify(error)).not.toContain(wstoken)
  })
})
