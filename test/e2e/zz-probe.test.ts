import { it } from 'vitest'
import axe from 'axe-core'
import { openClassroom, openPanel, showAll, panelOf, beginDialogue, COURSE } from '/work/main/test/e2e/classroom.ts'
import { listenTo } from '/work/main/test/e2e/overheard.ts'
it('x', async () => {
  const room = await openClassroom()
  const heard = listenTo(room.teacher.context)
  const page = room.page
  await openPanel(page); await showAll(page)
  await panelOf(page).getByText('Student Number1').first().click()
  await panelOf(page).locator('article').first().waitFor()
  await page.evaluate(axe.source)
  for (const theme of ['light','dark']) {
    await page.evaluate((t) => { document.querySelector('aside-panel').shadowRoot.querySelector('.panel').dataset.theme = t }, theme)
    const r: any = await page.evaluate(() => (globalThis as any).axe.run({ include: ['aside-panel'] }))
    console.log(theme, 'passes', r.passes.map((p: any) => p.id + ':' + p.nodes.length).join(' '), '\nincomplete', JSON.stringify(r.incomplete.map((p: any) => [p.id, p.nodes.map((n: any) => [n.target.join(' '), n.any[0]?.message?.slice(0,120)])])).slice(0,1500))
  }
  await page.evaluate(() => { const b = document.querySelector('aside-panel').shadowRoot.querySelector('button.icon-button'); b.removeAttribute('aria-label'); b.removeAttribute('title'); for (const e of b.querySelectorAll('*')) e.setAttribute('aria-hidden','true'); document.querySelector('aside-panel').shadowRoot.querySelector('article').style.color='#aaa' })
  const r: any = await page.evaluate(() => (globalThis as any).axe.run({ include: ['aside-panel'] }))
  console.log('mutated', r.violations.map((v: any) => v.id))
  const by: any = {}
  for (const u of heard.requests) { const k = u.replace(/\?.*/, '').replace(/chrome-extension:\/\/[a-z]+/, 'ext'); by[k] = (by[k] ?? 0) + 1 }
  console.log(by)
  await room.close()
}, 90000)
