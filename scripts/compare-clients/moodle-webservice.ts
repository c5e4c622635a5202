import type { Scene, Tasks } from './task.ts'

type Call = (params: object) => Promise<never>
interface Api {
  readonly core: {
    readonly webservice: { readonly getSiteInfo: Call }
    readonly message: Readonly<Record<string, Call>>
    readonly enrol: { readonly getUsersCourses: Call }
  }
  readonly message: { readonly popup: Readonly<Record<string, Call>> }
}
export interface MoodleWebservicePackage {
  readonly default: (options: object) => Api
  readonly MoodleClient: { authenticate(options: object): Promise<{ readonly token: string }> }
}

const missing = () => Promise.reject(new Error('no such function in this package'))

export function tasksOf({ default: MoodleApi, MoodleClient }: MoodleWebservicePackage): Tasks {
  const over = ({ wwwroot, token }: Scene) => MoodleApi({ baseUrl: wwwroot, token })
  return {
    async signIn({ wwwroot, username, password }) {
      const credentials = { username, password }
      const { token } = await MoodleClient.authenticate({ baseUrl: `${wwwroot}/`, credentials })
      return token.length
    },
    async siteInfo(scene) {
      const { userid } = await over(scene).core.webservice.getSiteInfo({})
      return userid
    },
    async counters(scene) {
      const { core, message } = over(scene)
      const { userid } = scene
      const answers = await Promise.all([
        core.message.getUnreadConversationsCount?.({ useridto: userid }) ?? missing(),
        message.popup.getUnreadPopupNotificationCount?.({ useridto: userid }) ?? missing(),
        core.message.getConversationCounts?.({ userid }) ?? missing(),
        core.message.getReceivedContactRequestsCount?.({ userid }) ?? missing(),
        core.enrol.getUsersCourses({ userid }),
      ])
      return answers.length
    },
    async conversations(scene) {
      const { core } = over(scene)
      let count = 0
      for (let limitfrom = 0; ; limitfrom += 20) {
        const params = { userid: scene.userid, limitfrom, limitnum: 20 }
        const answer: { conversations: unknown[] } = await (core.message.getConversations ?? missing)(params)
        if (answer.conversations.length === 0) return count
        count += answer.conversations.length
      }
    },
    async messages(scene) {
      const { core } = over(scene)
      let count = 0
      for (let limitfrom = 0; ; limitfrom += 100) {
        const params = {
          currentuserid: scene.userid,
          convid: scene.convid,
          limitfrom,
          limitnum: 100,
          newest: 1,
        }
        const answer: { messages: unknown[] } = await (core.message.getConversationMessages ?? missing)(
          params,
        )
        count += answer.messages.length
        if (answer.messages.length < 100) return count
      }
    },
    async send(scene) {
      const messages = [{ touserid: 9, text: 'Hello' }]
      const [row]: { msgid: number }[] = await (over(scene).core.message.sendInstantMessages ?? missing)({
        messages,
      })
      return row?.msgid ?? -1
    },
    async mark(scene) {
      const { core } = over(scene)
      const mark = (messageid: number) => (core.message.markMessageRead ?? missing)({ messageid })
      return (await Promise.all(scene.messageids.map(mark))).length
    },
  }
}
