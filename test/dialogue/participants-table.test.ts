import { describe, expect, it } from 'vitest'
import { readParticipants } from '../../lib/dialogue/participants-table.ts'

const head = (columns: string[]) =>
  columns
    .map(
      (name, at) =>
        `<th class="header c${at}" scope="col"><input id="user-select"><div class="commands"><a data-action="hide" data-column="${name}" href="#"></a></div></th>`,
    )
    .join('')

const page = (columns: string[], rows: string) =>
  `<div class="table-dynamic" data-table-total-rows="41"><table><thead><tr>${head(columns)}</tr></thead><tbody>${rows}</tbody></table></div>`

const select = (id: number) =>
  `<td class="cell c0"><input id="user${id}" name="user${id}" type="checkbox"></td><th class="cell c1"><a>Anna</a></th>`

describe('the participants table', () => {
  it('is read in words where nothing may be changed, wherever its columns stand', () => {
    const cells = '<td class="cell c2">Teacher, Student</td><td class="cell c4">2 days 3&nbsp;hours</td>'
    const table = page(
      ['select', 'fullname', 'roles', 'groups', 'lastaccess'],
      `<tr>${select(7)}${cells}</tr>`,
    )
    expect(readParticipants(table)).toEqual({
      total: 41,
      rows: [{ userId: 7, roles: 'Teacher, Student', lastInCourse: '2 days 3 hours' }],
      roleNames: new Map(),
    })
  })

  it('is read in ids where something may, with the names on offer', () => {
    const options =
      '{&quot;options&quot;:[{&quot;key&quot;:5,&quot;value&quot;:&quot;Lernende &amp;amp; Gäste&quot;}]}'
    const cell = (type: string, value: string) =>
      `<td class="cell c2"><span data-itemtype="${type}" data-value="${value}" data-options="${options}"><a>Lernende</a></span></td>`
    const cells = `${cell('user_roles', '[&quot;5&quot;]')}${cell('user_groups', '[&quot;1&quot;,&quot;2&quot;]')}`
    const read = readParticipants(page(['select', 'fullname', 'other'], `<tr>${select(7)}${cells}</tr>`))
    expect(read.rows).toEqual([{ userId: 7, roleIds: [5], groupIds: [1, 2] }])
    expect(read.roleNames.get(5)).toBe('Lernende &amp; Gäste')
  })

  it('has no rows where Moodle filled it up', () => {
    const empty = '<tr class="emptyrow"><td class="cell c0"></td><th class="cell c1"></th></tr>'
    expect(readParticipants(page(['select', 'fullname'], empty.repeat(20))).rows).toEqual([])
  })

  it.each([
    '',
    '<p>Not allowed</p>',
    '<table><tr><td><input id="user9">',
    '<span data-itemtype="user_roles" data-value="[">',
  ])('makes nothing of %j', (html) => expect(readParticipants(html)).toMatchObject({ total: 0 }))
})
