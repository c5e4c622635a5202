/** The simulator's own look, with the landmarks and the primary colour of Boost. */
export const styles = `
:root { --primary: #0f6cbf; --bs-primary: #0f6cbf; --text: #1d2125; --muted: #5f6a74; --surface: #fff; --ground: #f4f6f8; --line: #dee2e6; --soft: #e7f0f9 }
[data-bs-theme=dark] { --primary: #6ab0f3; --bs-primary: #6ab0f3; --text: #e6e9ec; --muted: #a3adb7; --surface: #1d2125; --ground: #14171a; --line: #3a4148; --soft: #22303e; color-scheme: dark }
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--text); font: 400 0.9375rem/1.5 -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif }
a { color: var(--primary); text-decoration: none } a:hover { text-decoration: underline }
h1 { font-size: 1.9rem; font-weight: 600; margin: 0 0 .25rem } h2 { font-size: 1.3rem; font-weight: 600; margin: 0 } h3 { font-size: 1.1rem; margin: 0 0 .5rem }
.navbar { position: fixed; inset-block-start: 0; inset-inline: 0; z-index: 1030; height: 60px; display: flex; align-items: center; gap: .25rem; padding-inline: 1rem; background: var(--surface); border-block-end: 1px solid var(--line) }
.navbar-brand { font-weight: 600; font-size: 1.15rem; color: var(--text); margin-inline-end: 1rem; white-space: nowrap }
.primary-navigation { display: flex; height: 100%; gap: .25rem; list-style: none; margin: 0; padding: 0 }
.primary-navigation a { display: flex; align-items: center; height: 60px; padding-inline: .75rem; color: var(--text); border-block-end: 3px solid transparent }
.primary-navigation a[aria-current] { border-color: var(--primary) }
#usernavigation { display: flex; align-items: center; gap: .25rem; margin-inline-start: auto; height: 100% }
.popover-region { position: relative } .popover-region-toggle, .nav-link { display: flex; align-items: center; justify-content: center; min-width: 40px; height: 40px; border-radius: .5rem; color: var(--muted) }
.popover-region-toggle svg { width: 20px; height: 20px; fill: currentColor }
.count-container { position: absolute; inset-block-start: 0; inset-inline-end: 0; min-width: 18px; padding: 0 4px; border-radius: 9px; background: #ca3120; color: #fff; font-size: 11px; line-height: 18px; text-align: center }
.hidden, [hidden] { display: none !important }
.usermenu { display: flex; align-items: center; gap: .5rem; padding-inline: .5rem; border-inline-start: 1px solid var(--line) }
.userinitials { display: inline-flex; width: 35px; height: 35px; align-items: center; justify-content: center; border-radius: 50%; background: var(--soft); color: var(--primary); font-weight: 600; font-size: .8rem }
#page { padding-block-start: 60px; min-height: 100vh } #topofscroll { max-width: 900px; margin-inline: auto; padding: 1.5rem 1rem 4rem }
.drawer { position: fixed; inset-block: 60px 0; inset-inline-start: 0; width: 270px; overflow: auto; padding: 1.25rem 1rem; background: var(--surface); border-inline-end: 1px solid var(--line) }
.drawer ul { list-style: none; margin: .25rem 0 1rem; padding: 0 } .drawer li a { display: block; padding: .3rem .5rem; border-radius: .4rem; color: var(--text) } .drawer li a:hover { background: var(--soft); text-decoration: none }
.drawer .courseindex-section-title { font-weight: 600 }
body.drawer-open-index #page { padding-inline-start: 270px }
@media (max-width: 900px) { .drawer { display: none } body.drawer-open-index #page { padding-inline-start: 0 } .primary-navigation { display: none } }
.breadcrumb { display: flex; flex-wrap: wrap; gap: .5rem; list-style: none; margin: 0 0 .5rem; padding: 0; font-size: .85rem; color: var(--muted) } .breadcrumb li + li::before { content: "/"; margin-inline-end: .5rem; color: var(--muted) }
.secondary-navigation { display: flex; gap: .25rem; margin-block: .75rem 1.25rem; border-block-end: 1px solid var(--line); list-style: none; padding: 0; overflow: auto }
.secondary-navigation a { display: block; padding: .6rem .9rem; color: var(--text); border-block-end: 3px solid transparent; white-space: nowrap } .secondary-navigation a[aria-current] { border-color: var(--primary) }
.card, .course-section, .activity-header, .login-container { background: var(--surface); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem 1.25rem; margin-block-end: 1rem }
.course-section > h2 { padding-block-end: .5rem } .activity { display: flex; align-items: center; gap: .9rem; padding: .8rem .25rem; border-block-start: 1px solid var(--line) }
ul.section { list-style: none; margin: 0; padding: 0 } .activityiconcontainer { flex: none; display: inline-flex; width: 44px; height: 44px; align-items: center; justify-content: center; border-radius: .6rem; color: #fff; font-weight: 600; background: #399be2 }
.activityiconcontainer.assessment { background: #eb66a2 } .activityiconcontainer.collaboration { background: #f7634d } .activityiconcontainer.communication { background: #11a676 }
.activityname { font-weight: 500 } .activity small, .dimmed { color: var(--muted) }
.btn { display: inline-block; padding: .45rem .9rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--surface); color: var(--text); font: inherit; cursor: pointer } .btn-primary { background: #0f6cbf; border-color: #0f6cbf; color: #fff }
.form-control { width: 100%; padding: .5rem .75rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--surface); color: inherit; font: inherit; margin-block-end: .75rem }
.alert { padding: .75rem 1rem; border-radius: .5rem; background: #f8d7da; color: #58151c; margin-block-end: 1rem }
.generaltable { width: 100%; border-collapse: collapse; background: var(--surface); border: 1px solid var(--line) } .generaltable th, .generaltable td { padding: .55rem .75rem; border-block-end: 1px solid var(--line); text-align: start; font-weight: 400 } .generaltable thead th { font-weight: 600 }
.author { color: var(--muted); font-size: .85rem; margin-block-end: .5rem }
.message-app { display: grid; grid-template-columns: 240px 1fr; gap: 1rem } .message-app .list a { display: flex; justify-content: space-between; padding: .55rem .75rem; border-radius: .5rem; color: var(--text) } .message-app .list a[aria-current] { background: var(--soft) }
.message { max-width: 80%; width: fit-content; margin-block: .5rem; padding: .5rem .9rem; border-radius: .75rem; background: var(--ground); overflow-wrap: anywhere } .message.send { margin-inline-start: auto; background: var(--soft) } .message p { margin: 0 0 .35rem } .message .time { color: var(--muted); font-size: .75rem }
 .message img { max-width: 100%; height: auto } img.icon { width: 20px; height: 20px; vertical-align: text-bottom }
@media (max-width: 700px) { .message-app { grid-template-columns: 1fr } .navbar-brand { margin-inline-end: 0 } }
.login-container { max-width: 420px; margin: 10vh auto }
.classic { max-width: 1100px; margin-inline: auto; padding: 1rem 1rem 4rem } .classic #page-header { border: 1px solid var(--line); border-radius: .3rem; padding: 1rem 1.25rem; margin-block-end: 1rem; background: var(--surface) } .classic #region-main { border: 1px solid var(--line); border-radius: .3rem; padding: 1.25rem; background: var(--surface) }
.page-context-header, .user-heading, .d-flex { display: flex; align-items: center } .flex-wrap { flex-wrap: wrap } .ms-auto { margin-inline-start: auto } .ms-2, .ms-4 { margin-inline-start: .5rem } .d-inline-block { display: inline-block } .d-inline-block .userinitials { margin-inline-end: .4rem }
.activity-item { display: flex; align-items: center; gap: .9rem; position: relative; width: 100% } .stretched-link::after { content: ""; position: absolute; inset: 0; z-index: 1 } .hiddenactivity { opacity: .8 }
.forumpost { padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--surface); margin-block-end: .6rem } .indent { padding-inline-start: 1.25rem } .btn-link { border-color: transparent; background: none; color: var(--primary) } .post-actions { justify-content: flex-end; padding: .25rem }
[data-region=grading-navigation] { display: grid; grid-template-columns: 1fr 1fr 1fr; gap: 1rem; padding: .5rem 1rem; background: var(--surface); border-block-end: 1px solid var(--line); min-height: 85px } [data-region=user-info] h4 { margin: 0; font-size: 1.25rem; font-weight: 400 } [data-region=grade-panel] { padding: 1rem } body.pagelayout-embedded #page { padding-block-start: 0 } body.pagelayout-embedded #topofscroll { max-width: none; padding: 0 }
[class^=submissionstatussubmitted] { background: #cfefcf; color: #000; padding: .15rem .35rem }
#page-footer { padding: 1.5rem; text-align: center; color: var(--muted); font-size: .85rem }
`
