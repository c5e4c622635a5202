import { isTeacherIn } from '../permission.ts'
import { fullname } from '../state.ts'
import type { User } from '../types.ts'
import { frame, type Opened } from './activity.ts'
import { attribute, h, initials, layout } from './layout.ts'

interface Handed {
  student: User
  /** What Moodle calls somebody who is not to be known. */
  number: number
  /** As in "submissionstatussubmitted". */
  status: string
  words: string
}

const WORDS: Record<string, string> = {
  submitted: 'Submitted for grading',
  draft: 'Draft (not submitted)',
  new: 'No submission',
}

function handed({ visit, course, cm }: Opened): Handed[] {
  const { state } = visit.world
  const students = [...course.enrolments.values()].filter(({ role }) => role === 'student')
  return students.flatMap(({ userid }) => {
    const student = state.users.get(userid)
    const status = state.submissions.get(`${cm.instance}:${userid}`)?.submissionstatus || 'new'
    return student ? { student, number: 1000 + userid * 7, status, words: WORDS[status] ?? status } : []
  })
}

function nameOf({ visit, course, cm }: Opened, { student, number }: Handed): string {
  if (cm.blindmarking) return `Participant ${number}`
  const href = `${visit.world.state.wwwroot}/user/view.php?id=${student.id}&amp;course=${course.id}`
  return `<a href="${href}"><span class="userinitials">${h(initials(student))}</span> ${h(fullname(student))}</a>`
}

const who = ({ cm }: Opened, { student, number }: Handed): string =>
  cm.blindmarking ? `blindid=${number}` : `userid=${student.id}`

function summary(opened: Opened, one: Handed): string {
  return (
    `<h4>${nameOf(opened, one)}</h4>` +
    `<template><table class="submissionstatustable"><tbody><tr><td class="submissionstatus${one.status}">${one.words}</td></tr></tbody></table></template>`
  )
}

/** As in Moodle, the address comes first, then the wait, then the person; nothing is loaded. */
const NEXT = `
const grader = document.querySelector('[data-region="grading-navigation-panel"]')
const people = JSON.parse(document.getElementById('people').textContent)
let at = Number(grader.dataset.at)
function show() {
  const info = grader.querySelector('[data-region="user-info"]')
  info.dataset.userid = people[at].id
  info.innerHTML = '<span class="loading">Loading</span>'
  setTimeout(() => {
    info.innerHTML = people[at].html
    const panel = document.querySelector('[data-region="grade-panel"]')
    panel.replaceChildren(info.querySelector('template').content.cloneNode(true))
  }, 150)
}
document.querySelector('[data-action="next-user"]').onclick = () => {
  at = (at + 1) % people.length
  history.replaceState(null, '', people[at].url)
  show()
}
show()
`

/** The assignment's grader: for students it is an error, so `undefined`. */
export function graderPage(opened: Opened, userid: number): string | undefined {
  const { visit, course, cm } = opened
  const { state } = visit.world
  if (!isTeacherIn(state, course.id, visit.user.id)) return undefined
  const all = handed(opened)
  const at = Math.max(
    0,
    all.findIndex(({ student }) => student.id === userid),
  )
  const address = `${state.wwwroot}/mod/assign/view.php?id=${cm.id}`
  const people = all.map((one) => ({
    id: one.student.id,
    url: `${address}&action=grader&${who(opened, one)}`,
    html: summary(opened, one),
  }))
  return layout(visit, {
    ...frame(opened),
    title: `${course.shortname}: ${cm.name}: Grading`,
    bodyId: 'page-mod-assign-grader',
    layout: 'embedded',
    main:
      `<div data-region="grading-navigation-panel" data-first-userid="${all[at]?.student.id ?? 0}" data-courseid="${course.id}" data-at="${at}"><div data-region="grading-navigation">` +
      `<div data-region="assignment-info"><a href="${state.wwwroot}/course/view.php?id=${course.id}">Course: ${h(course.fullname)}</a><br><a href="${address}">Assignment: ${h(cm.name)}</a><br><a href="${address}&amp;action=grading">View all submissions</a></div>` +
      `<div data-region="user-info" data-assignmentid="${cm.instance}"><span class="loading">Loading</span></div>` +
      `<div data-region="user-selector"><button class="btn" type="button" data-action="next-user">Next user</button></div></div></div>` +
      `<div data-region="grade-panel"></div><script type="application/json" id="people">${JSON.stringify(people).replaceAll('<', '\\u003c')}</script><script>${NEXT}</script>`,
  })
}

function row(opened: Opened, one: Handed, at: number): string {
  const { visit, cm } = opened
  const { id } = one.student
  const cell = (n: number, inner: string) => `<td class="cell c${n}">${inner}</td>`
  const grade = `${visit.world.state.wwwroot}/mod/assign/view.php?id=${cm.id}&action=grader&${who(opened, one)}`
  return (
    `<tr class="user${id}" id="mod_assign_grading-${cm.contextid}_r${at}">` +
    cell(
      0,
      `<input type="checkbox" id="selectuser_${id}" name="selectedusers" value="${id}" aria-label="Select">`,
    ) +
    cell(1, nameOf(opened, one)) +
    cell(2, `<div class="submissionstatus${one.status}">${one.words}</div>`) +
    cell(3, `<a href="${attribute(grade)}">Grade</a>`) +
    '</tr>'
  )
}

/** The list of submissions. */
export function gradingPage(opened: Opened): string | undefined {
  const { visit, course, cm } = opened
  if (!isTeacherIn(visit.world.state, course.id, visit.user.id)) return undefined
  const rows = handed(opened).slice(0, 100)
  const name = cm.blindmarking ? 'Identifier' : 'First name / Last name'
  return layout(visit, {
    ...frame(opened),
    title: `${course.shortname}: ${cm.name}: Submissions`,
    heading: cm.name,
    bodyId: 'page-mod-assign-grading',
    drawer: true,
    main: `<h2>Submissions</h2><div class="gradingtable"><table class="flexible table generaltable"><thead><tr><th>Select</th><th>${name}</th><th>Status</th><th>Grade</th></tr></thead><tbody>${rows.map((one, at) => row(opened, one, at)).join('')}</tbody></table></div>`,
  })
}
