import { expect } from 'vitest'
import type { Stage, Writes } from './stage.ts'

const between = ({ place: { student1, student2 } }: Stage) => ({
  userid: student1,
  requesteduserid: student2,
})

/** Neither contacts nor about to be, whatever an earlier run left behind. */
async function strangers(stage: Stage): Promise<void> {
  const { student1, student2 } = stage.place
  const client = stage.aside('student2')
  await client.call('core_message_delete_contacts', { userid: student2, userids: [student1] })
  await client.call('core_message_decline_contact_request', between(stage)).catch(() => undefined)
}

async function requested(stage: Stage): Promise<void> {
  await strangers(stage)
  await stage.aside('student1').call('core_message_create_contact_request', between(stage))
}

async function contactsOfStudent2(stage: Stage): Promise<number[]> {
  const userid = stage.place.student2
  const contacts = await stage.aside('student2').call('core_message_get_user_contacts', { userid })
  return contacts.map((contact) => contact.id)
}

async function requestsToStudent2(stage: Stage): Promise<number[]> {
  const userid = stage.place.student2
  const requests = await stage.aside('student2').call('core_message_get_contact_requests', { userid })
  return requests.map((request) => request.id)
}

async function isBlocked(stage: Stage): Promise<boolean> {
  const { student1, student2 } = stage.place
  const answer = await stage.aside('student1').call('core_message_get_member_info', {
    referenceuserid: student1,
    userids: [student2],
    includeprivacyinfo: true,
  })
  return answer[0]?.isblocked === true
}

export const contactWrites: Writes = {
  async core_message_create_contact_request(stage) {
    await strangers(stage)
    const answer = await stage.as('student1').call('core_message_create_contact_request', between(stage))
    expect(answer.request).toMatchObject(between(stage))
    expect(await requestsToStudent2(stage)).toContain(stage.place.student1)
    await strangers(stage)
  },
  async core_message_decline_contact_request(stage) {
    await requested(stage)
    await stage.as('student2').call('core_message_decline_contact_request', between(stage))
    expect(await requestsToStudent2(stage)).not.toContain(stage.place.student1)
    expect(await contactsOfStudent2(stage)).not.toContain(stage.place.student1)
  },
  async core_message_confirm_contact_request(stage) {
    await requested(stage)
    await stage.as('student2').call('core_message_confirm_contact_request', between(stage))
    expect(await contactsOfStudent2(stage)).toContain(stage.place.student1)
    await strangers(stage)
  },
  async core_message_delete_contacts(stage) {
    await requested(stage)
    await stage.aside('student2').call('core_message_confirm_contact_request', between(stage))
    const { student1, student2 } = stage.place
    await stage.as('student2').call('core_message_delete_contacts', { userid: student2, userids: [student1] })
    expect(await contactsOfStudent2(stage)).not.toContain(student1)
  },
  async core_message_block_user(stage) {
    const { student1, student2 } = stage.place
    const person = { userid: student1 }
    await stage.as('student1').call('core_message_block_user', { ...person, blockeduserid: student2 })
    expect(await isBlocked(stage)).toBe(true)
    await stage.aside('student1').call('core_message_unblock_user', { ...person, unblockeduserid: student2 })
  },
  async core_message_unblock_user(stage) {
    const { student1, student2 } = stage.place
    const person = { userid: student1 }
    await stage.aside('student1').call('core_message_block_user', { ...person, blockeduserid: student2 })
    await stage.as('student1').call('core_message_unblock_user', { ...person, unblockeduserid: student2 })
    expect(await isBlocked(stage)).toBe(false)
  },
}
