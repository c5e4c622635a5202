import {
  createBatch,
  createMoodleClient,
  downloadFile,
  eachConversation,
  eachMessage,
  restTransport,
  sessionTransport,
  signIn,
  uploadFile,
} from '../../lib/moodle/library.ts'
import type { Scene, Tasks } from './task.ts'

const over = ({ wwwroot, token }: Scene) =>
  createMoodleClient(restTransport({ wwwroot, wstoken: token, fetch }))

export const ours: Tasks = {
  async signIn({ wwwroot, username, password }) {
    const { wstoken } = await signIn.withPassword({ wwwroot, fetch, username, password })
    return wstoken.length
  },
  async siteInfo(scene) {
    const { userid } = await over(scene).call('core_webservice_get_site_info', {})
    return userid
  },
  async counters(scene) {
    const moodle = over(scene)
    const { userid } = scene
    const answers = await Promise.all([
      moodle.call('core_message_get_unread_conversations_count', { useridto: userid }),
      moodle.call('message_popup_get_unread_popup_notification_count', { useridto: userid }),
      moodle.call('core_message_get_conversation_counts', { userid }),
      moodle.call('core_message_get_received_contact_requests_count', { userid }),
      moodle.call('core_enrol_get_users_courses', { userid }),
    ])
    return answers.length
  },
  async conversations(scene) {
    let count = 0
    for await (const _ of eachConversation(over(scene), { userid: scene.userid }, { pageSize: 20 })) count++
    return count
  },
  async messages(scene) {
    const { userid: currentuserid, convid } = scene
    let count = 0
    for await (const _ of eachMessage(over(scene), { currentuserid, convid })) count++
    return count
  },
  async send(scene) {
    const messages = [{ touserid: 9, text: 'Hello' }]
    const [row] = await over(scene).call('core_message_send_instant_messages', { messages })
    return row?.msgid ?? -1
  },
  async mark(scene) {
    const batch = createBatch(over(scene))
    for (const messageid of scene.messageids) void batch.add('core_message_mark_message_read', { messageid })
    const outcomes = await batch.send()
    return outcomes.filter(({ state }) => state === 'done').length
  },
  async upload({ wwwroot, token: wstoken }) {
    const { filesize } = await uploadFile({ wwwroot, wstoken, fetch }, new Blob(['Hello']), 'essay.txt')
    return filesize
  },
  async download({ wwwroot, token: wstoken, file }) {
    const { stream } = await downloadFile({ wwwroot, wstoken, fetch }, file)
    return (await new Response(stream).text()).length
  },
  async session({ wwwroot, session, userid }) {
    const moodle = createMoodleClient(sessionTransport({ wwwroot, ...session }))
    return moodle.call('core_message_get_unread_conversations_count', { useridto: userid })
  },
}
