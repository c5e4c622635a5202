import { newestFirst, otherMember, visibleMessages } from '../conversations.ts'
import { fullname } from '../state.ts'
import { INDIVIDUAL, type Message, SELF } from '../types.ts'
import { type Context, type Handlers, messaging, requireSelf } from './handler.ts'
import { memberInfo, picture } from './people.ts'

const shorten = (text: string): string => {
  if (text.length <= 50) return text
  const cut = text.slice(0, 47)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' ') + 1, 1))}...`
}

function hit(context: Context, message: Message, userid: number) {
  const { state, user } = context
  const conversation = state.conversations.get(message.conversationid)
  const other = state.users.get(conversation ? otherMember(conversation, userid) : userid)
  return {
    userid: other?.id ?? userid,
    fullname: other ? fullname(other) : '',
    profileimageurl: picture(state, 1),
    profileimageurlsmall: picture(state, 2),
    ismessaging: true,
    sentfromcurrentuser: message.useridfrom === userid,
    lastmessage: shorten(message.text.replace(/<[^>]*>/g, '')),
    lastmessagedate: message.timecreated,
    messageid: message.id,
    showonlinestatus: other ? memberInfo(state, user, other).showonlinestatus : false,
    isonline: other ? memberInfo(state, user, other).isonline : null,
    isread: message.useridfrom === userid || message.timeread.has(userid),
    isblocked: false,
    unreadcount: null,
    conversationid: message.conversationid,
  }
}

type SearchArgs = { userid: number; search: string; limitfrom: number; limitnum: number }

/** LIKE on the text as sent, link targets included; sent and received; not what one has deleted. */
const searchMessages = messaging<SearchArgs>((args, context) => {
  requireSelf(context, args.userid)
  const wanted = args.search.toLowerCase()
  const mine = [...(context.state.conversationsOf.get(args.userid) ?? [])]
    .flatMap((id) => context.state.conversations.get(id) ?? [])
    .filter((conversation) => conversation.type === INDIVIDUAL || conversation.type === SELF)
  const hits = mine
    .flatMap((conversation) => visibleMessages(conversation, args.userid))
    .filter((message) => message.text.toLowerCase().includes(wanted))
    .toSorted((a, b) => a.id - b.id)
  return {
    contacts: newestFirst(hits, args.limitfrom, args.limitnum).map((message) =>
      hit(context, message, args.userid),
    ),
  }
})

export const searchFunctions: Handlers = {
  core_message_data_for_messagearea_search_messages: searchMessages,
}
