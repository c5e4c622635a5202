import { vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { speak } from '../components/words.ts'
import { WWWROOT } from '../example.ts'

/** An activity as the course page has it. */
export const activity = (id: number, name: string) =>
  `<li class="activity" data-for="cmitem" data-id="${id}"><div class="activityname" data-activityname="${name}"><a href="${WWWROOT}/mod/assign/view.php?id=${id}">${name}</a></div></li>`

/** A course page that holds these, and a worker that answers so. */
export function openCoursePage(content: string, answer: (question: string) => unknown): void {
  speak()
  fakeBrowser.reset()
  const sendMessage = async ({ type }: { type: string }) => ({ res: answer(type) })
  Object.assign(fakeBrowser.runtime, { sendMessage })
  vi.stubGlobal('location', new URL(`${WWWROOT}/course/view.php?id=2`))
  vi.stubGlobal('requestIdleCallback', (work: () => void) => setTimeout(work))
  vi.stubGlobal('IntersectionObserver', class {})
  document.body.id = 'page-course-view-topics'
  document.body.className = 'course-2'
  const cfg = JSON.stringify({ wwwroot: WWWROOT, sesskey: 'abc', userId: 5, courseId: 2 })
  document.body.innerHTML = `<script type="text/plain">M.cfg = ${cfg};</script>${content}`
}

export function closeCoursePage(): void {
  document.body.replaceChildren()
  vi.unstubAllGlobals()
}
