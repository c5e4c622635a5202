import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import css from '../components/panel/panel-look.css?inline'
import { isOwnPage } from '../lib/extension/own-page.ts'

/** Read by the panel, which comes into the same world after this. */
interface World {
  asideLook?: string
}

/** Before the sheets that come after it, which may overrule it. */
function giveToPage(): void {
  const style = document.createElement('style')
  style.textContent = css
  document.head.append(style)
}

/** How everything looks, once for the panel in a page and our own pages. */
export default defineUnlistedScript(() => {
  if (isOwnPage()) giveToPage()
  else (globalThis as World).asideLook = css
})
