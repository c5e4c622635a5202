import type { Page } from 'playwright-core'
import { LANDMARKS, type PlaceKind } from '../../entrypoints/actions/landmarks.ts'
import type { Steps } from './steps.ts'

export interface Grounds {
  wwwroot: string
  courseId: number
  /** An assignment. */
  cmid: number
  studentId: number
}

const THEMES = ['boost', 'classic'] as const

/** Where each kind of place is to be found. */
function pathOf(kind: PlaceKind, { courseId, cmid, studentId }: Grounds): string {
  const paths: Record<PlaceKind, string> = {
    post: '',
    grader: `/mod/assign/view.php?id=${cmid}&action=grader&userid=${studentId}`,
    submission: `/mod/assign/view.php?id=${cmid}&action=grading`,
    participant: `/user/index.php?id=${courseId}`,
    profile: `/user/view.php?id=${studentId}&course=${courseId}`,
    grades: `/grade/report/user/index.php?id=${courseId}&userid=${studentId}`,
    activity: `/course/view.php?id=${courseId}`,
  }
  return paths[kind]
}

/** The first discussion of any forum of the course. */
export async function discussionPath(page: Page, { wwwroot, courseId }: Grounds): Promise<string> {
  await page.goto(`${wwwroot}/course/view.php?id=${courseId}`)
  const linksTo = (part: string) =>
    page
      .locator(`#region-main a[href*="${part}"]`)
      .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
  for (const forum of new Set(await linksTo('/mod/forum/view.php?id='))) {
    await page.goto(forum)
    const [discussion] = await linksTo('/mod/forum/discuss.php?d=')
    const id = /[?&]d=(\d+)/.exec(discussion ?? '')?.[1]
    if (id) return `/mod/forum/discuss.php?d=${id}`
  }
  throw new Error('no forum of the course has a discussion')
}

async function themeOf(page: Page): Promise<string | undefined> {
  return page.evaluate(() => /"theme":"(\w+)"/.exec(document.documentElement.innerHTML)?.[1])
}

/** Each landmark on this Moodle, in both of its own themes where the site lets the address choose. */
export async function walkLandmarks(page: Page, grounds: Grounds, steps: Steps): Promise<void> {
  const discussion = await discussionPath(page, grounds)
  for (const theme of THEMES) {
    await page.goto(`${grounds.wwwroot}/course/view.php?id=${grounds.courseId}&theme=${theme}`)
    if ((await themeOf(page)) !== theme) {
      console.log(`  (${theme}: this site does not let an address choose its theme)`)
      continue
    }
    for (const { kind } of LANDMARKS) {
      const path = kind === 'post' ? discussion : pathOf(kind, grounds)
      await steps.step(`${theme}: there is an action at each ${kind}`, async () => {
        await page.goto(grounds.wwwroot + path)
        await page.locator(`aside-action[data-kind="${kind}"] button`).first().waitFor({ timeout: 15_000 })
      })
      await steps.picture(page, `${theme}-${kind}`)
    }
  }
}
