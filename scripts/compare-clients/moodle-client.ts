import type { Scene, Tasks } from './task.ts'

/** As its own README shows it; nothing of it is typed. */
interface Client {
  readonly token: string
  call(options: object): Promise<never>
  upload(options: object): Promise<readonly { readonly filesize: number }[]>
  download(options: object): Promise<Buffer>
}
export interface MoodleClientPackage {
  init(options: object): Promise<Client>
}

export function tasksOf({ init }: MoodleClientPackage): Tasks {
  const over = ({ wwwroot, token }: Scene) => init({ wwwroot, token })
  return {
    async signIn({ wwwroot, username, password }) {
      const { token } = await init({ wwwroot, username, password })
      return token.length
    },
    async siteInfo(scene) {
      const client = await over(scene)
      const { userid } = await client.call({ wsfunction: 'core_webservice_get_site_info' })
      return userid
    },
    async counters(scene) {
      const client = await over(scene)
      const { userid } = scene
      const answers = await Promise.all([
        client.call({
          wsfunction: 'core_message_get_unread_conversations_count',
          args: { useridto: userid },
        }),
        client.call({
          wsfunction: 'message_popup_get_unread_popup_notification_count',
          args: { useridto: userid },
        }),
        client.call({ wsfunction: 'core_message_get_conversation_counts', args: { userid } }),
        client.call({ wsfunction: 'core_message_get_received_contact_requests_count', args: { userid } }),
        client.call({ wsfunction: 'core_enrol_get_users_courses', args: { userid } }),
      ])
      return answers.length
    },
    async conversations(scene) {
      const client = await over(scene)
      const wsfunction = 'core_message_get_conversations'
      let count = 0
      for (let limitfrom = 0; ; limitfrom += 20) {
        const args = { userid: scene.userid, limitfrom, limitnum: 20 }
        const { conversations }: { conversations: unknown[] } = await client.call({ wsfunction, args })
        if (conversations.length === 0) return count
        count += conversations.length
      }
    },
    async messages(scene) {
      const client = await over(scene)
      const wsfunction = 'core_message_get_conversation_messages'
      let count = 0
      for (let limitfrom = 0; ; limitfrom += 100) {
        const args = {
          currentuserid: scene.userid,
          convid: scene.convid,
          limitfrom,
          limitnum: 100,
          newest: 1,
        }
        const { messages }: { messages: unknown[] } = await client.call({ wsfunction, args })
        count += messages.length
        if (messages.length < 100) return count
      }
    },
    async send(scene) {
      const client = await over(scene)
      const args = { messages: [{ touserid: 9, text: 'Hello' }] }
      const call = { wsfunction: 'core_message_send_instant_messages', method: 'POST', args }
      const [row]: { msgid: number }[] = await client.call(call)
      return row?.msgid ?? -1
    },
    async mark(scene) {
      const client = await over(scene)
      const wsfunction = 'core_message_mark_message_read'
      const mark = (messageid: number) => client.call({ wsfunction, method: 'POST', args: { messageid } })
      return (await Promise.all(scene.messageids.map(mark))).length
    },
    async upload(scene) {
      const client = await over(scene)
      const options = { filename: 'essay.txt', contentType: 'text/plain' }
      const files = { file: { value: Buffer.from('Hello'), options } }
      const [draft] = await client.upload({ files })
      return draft?.filesize ?? 0
    },
    async download(scene) {
      const client = await over(scene)
      const filepath = decodeURI(scene.file.slice(scene.file.indexOf('/pluginfile.php') + 15))
      return (await client.download({ filepath })).length
    },
  }
}
