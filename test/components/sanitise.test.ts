import { existsSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { WWWROOT } from '../example.ts'

const PLACES = [
  process.env.CHROME_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]
const executablePath = PLACES.find((path) => path !== undefined && existsSync(path))

/** Sanitising is only as true as the parser under it: happy-dom's is none, so this asks a browser. */
async function bundle(): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      lib: { entry: 'components/thread/sanitise.ts', formats: ['iife'], name: 'sanitiser' },
    },
  })
  const [first] = Array.isArray(made) ? made : [made]
  const chunk = first && 'output' in first ? first.output[0] : undefined
  return chunk?.code ?? ''
}

describe.skipIf(!executablePath)('a message of a stranger (in Chromium; skipped where there is none)', () => {
  let browser: Browser
  let page: Page
  /** What was asked of others than the site itself. */
  let asked: string[] = []

  beforeAll(async () => {
    const code = await bundle()
    browser = await chromium.launch({
      executablePath: executablePath ?? '',
      headless: true,
      chromiumSandbox: false,
    })
    page = await browser.newPage()
    await page.route('**', (route) => {
      const url = route.request().url()
      if (!url.startsWith(`${WWWROOT}/`)) asked.push(url)
      return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>x</title>' })
    })
    page.on('dialog', (dialog) => {
      asked.push(`dialog ${dialog.message()}`)
      return dialog.dismiss()
    })
    await page.goto(`${WWWROOT}/`)
    await page.addScriptTag({ content: code })
  }, 60_000)
  beforeEach(() => {
    asked = []
  })
  afterAll(() => browser?.close())

  /** Puts the sanitised message into the page, lets the browser act on it, and reads it back. */
  function clean(html: string): Promise<string> {
    return page.evaluate(
      async ([html, wwwroot]) => {
        const { sanitise } = (
          globalThis as never as { sanitiser: { sanitise: (...given: unknown[]) => Node } }
        ).sanitiser
        const words = (host: string, alt: string) => `show ${alt} from ${host}`
        document.body.replaceChildren(sanitise(html, { wwwroot, pictureWords: words }))
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
        return document.body.innerHTML
      },
      [html, WWWROOT] as const,
    )
  }

  it('keeps what people write with', async () => {
    const html =
      '<p>One <strong>bold</strong> <em>word</em><br>two</p><ul><li>a</li></ul><blockquote><p>q</p></blockquote><pre><code>x</code></pre>'
    expect(await clean(html)).toBe(html)
  })

  it.each([
    'Only words, &lt;b&gt; and &amp;',
    '  <p>One<p>Two <b>bold <i>both</b> one</i></p></p><br>',
    '<UL><li>a<li>b</UL><pre>\n\nx</pre></br><blockquote>q',
    '<p>a < b, c <3',
  ])('reads %j just as it would beside what needs a closer look', async (html) => {
    expect(await clean(html)).toBe(await clean(`${html}<script></script>`))
  })

  it.each([
    '<p onclick=alert(1)>x</p>',
    '<p/onclick=alert(1)>x</p>',
    '<b\nonpointerover=alert(1)>x</b>',
    '<b<img src=x onerror=alert(1)>',
    '<p>x</p onclick=alert(1)><!--><img src=x onerror=alert(1)>-->',
    '<bad-one onfocus=alert(1) autofocus tabindex=0>x</bad-one>',
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<img src="https://moodle.example/school/x" onerror="alert(1)">',
    '<svg onload=alert(1)><script>alert(1)</script></svg>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" java\nscript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<iframe src="https://evil.example"></iframe>',
    '<object data="https://evil.example"></object><embed src="https://evil.example">',
    '<form action="https://evil.example"><input name="password" autofocus onfocus=alert(1)><button>Log in</button></form>',
    '<video src="https://evil.example/v" autoplay></video><audio src="https://evil.example/a"></audio>',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<base href="https://evil.example"><meta http-equiv="refresh" content="0;url=https://evil.example">',
    '<link rel="stylesheet" href="https://evil.example/x.css"><style>@import "https://evil.example/y.css"</style>',
    '<table background="https://evil.example/t.png"><tr><td>x</td></tr></table>',
    '<p style="background:url(https://evil.example/b.png)">x</p>',
    '<img srcset="https://evil.example/s.png 1x"><picture><source srcset="https://evil.example/p.png"></picture>',
  ])('can do nothing with %s', async (html) => {
    const left = await clean(html)
    expect(left).not.toMatch(
      /<(?:script|iframe|object|embed|form|input|video|audio|svg|math|style|link|meta|base)/i,
    )
    expect(left).not.toMatch(/\son[a-z]+=["']|javascript:|evil\.example/i)
    expect(asked).toEqual([])
  })

  it('loses class, style, id and everything made for scripts', async () => {
    const html =
      '<p class="btn" style="position:fixed" id="page" data-action="delete" aria-hidden="true">x</p>'
    expect(await clean(html)).toBe('<p>x</p>')
  })

  it('opens its links elsewhere, without telling where from', async () => {
    const left = await clean('<a href="https://example.org/" target="_self" rel="opener">x</a>')
    expect(left).toContain('target="_blank"')
    expect(left).toContain('rel="noopener noreferrer"')
  })

  it('shows pictures of the site itself', async () => {
    const own = `${WWWROOT}/theme/image.php/smile`
    expect(await clean(`<img src="${own}" alt="smile">`)).toContain(`src="${own}"`)
  })

  it('asks for a foreign picture only on a press', async () => {
    const left = await clean('<p><img src="https://tracker.example/x.png" alt="a cat"></p>')
    expect(left).toContain('show a cat from tracker.example</button>')
    expect(left).not.toContain('<img')
    expect(asked).toEqual([])
    await page.click('.picture-button')
    await expect.poll(() => asked).toEqual(['https://tracker.example/x.png'])
    expect(await page.locator('img').getAttribute('referrerpolicy')).toBe('no-referrer')
  })

  it('names the place that a picture would come from, whatever its alt says', async () => {
    expect(await clean('<img src="https://tracker.example/x.png" alt="moodle.example">')).toContain(
      'show moodle.example from tracker.example',
    )
  })

  it.each([
    'https://moodle.example/school-evil/x.png',
    'https://moodle.example.evil.example/school/x.png',
    'https://moodle.example@evil.example/school/x.png',
  ])('does not take %s for a picture of the site', async (src) => {
    expect(await clean(`<img src="${src}">`)).not.toContain('<img')
    expect(asked).toEqual([])
  })

  it('cannot smuggle in an address as if it were held back', async () => {
    expect(await clean('<img alt="x" data-held-back="https://tracker.example/x.png">')).toBe('')
  })

  it('has no headings in our outline', async () => {
    expect(await clean('<h1>Big</h1>')).toBe('<p><strong>Big</strong></p>')
  })
})
