import type { Scene, Tasks } from './task.ts'

interface Client {
  call(name: string, params: object): Promise<{ readonly data: never }>
}
export interface MoodleTsPackage {
  readonly MoodleClient: new (options: { baseUrl: string; token: string }) => Client
}

export function tasksOf({ MoodleClient }: MoodleTsPackage): Tasks {
  const over = ({ wwwroot, token }: Scene) => new MoodleClient({ baseUrl: wwwroot, token })
  return {
    async siteInfo(scene) {
      const { data }: { data: { userid: number } } = await over(scene).call(
        'core_webservice_get_site_info',
        {},
      )
      return data.userid
    },
    async counters(scene) {
      const client = over(scene)
      const { userid } = scene
      const answers = await Promise.all([
        client.call('core_message_get_unread_conversations_count', { useridto: userid }),
        client.call('message_popup_get_unread_popup_notification_count', { useridto: userid }),
        client.call('core_message_get_conversation_counts', { userid }),
        client.call('core_message_get_received_contact_requests_count', { userid }),
        client.call('core_enrol_get_users_courses', { userid }),
      ])
      return answers.length
    },
    async conversations(scene) {
      const client = over(scene)
      let count = 0
      for (let limitfrom = 0; ; limitfrom += 20) {
        const params = { userid: scene.userid, limitfrom, limitnum: 20 }
        const { data } = await client.call('core_message_get_conversations', params)
        const { conversations }: { conversations: unknown[] } = data
        if (conversations.length === 0) return count
        count += conversations.length
      }
    },
    async messages(scene) {
      const client = over(scene)
      const asked = { currentuserid: scene.userid, convid: scene.convid, newest: true }
      let count = 0
      for (let limitfrom = 0; ; limitfrom += 100) {
        const params = { ...asked, limitfrom, limitnum: 100 }
        const { data } = await client.call('core_message_get_conversation_messages', params)
        const { messages }: { messages: unknown[] } = data
        count += messages.length
        if (messages.length < 100) return count
      }
    },
    async send(scene) {
      const messages = [{ touserid: 9, text: 'Hello' }]
      const { data } = await over(scene).call('core_message_send_instant_messages', { messages })
      const [row]: { msgid: number }[] = data
      return row?.msgid ?? -1
    },
    async mark(scene) {
      const client = over(scene)
      const mark = (messageid: number) => client.call('core_message_mark_message_read', { messageid })
      return (await Promise.all(scene.messageids.map(mark))).length
    },
  }
}
