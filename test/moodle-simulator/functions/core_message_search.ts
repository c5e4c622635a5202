import { newestFirst, visibleMessages } from '../conversations.ts'
import { hasBlocked } from '../permission.ts'
import { fullname } from '../state.ts'
import { type Conversation, type Message, SELF, type User } from '../types.ts'
import { type Context, type Handlers, messaging, requireSelf } from './handler.ts'
import { memberInfo, picture } from './people.ts'

const shorten = (text: string): string => {
  if (text.length <= 50) return text
  const cut = text.slice(0, 47)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' ') + 1, 1))}...`
}

/** A message and the person at its other end: one row for each member of a group that one wrote to. */
type Hit = { message: Message; other: User; id: number; timecreated: number }

function row(context: Context, { message, other }: Hit, userid: number) {
  const { state, user } = context
  const own = message.useridfrom === userid
  const { isonline, showonlinestatus } = memberInfo(state, user, other)
  return {
    userid: other.id,
    fullname: fullname(other),
    profileimageurl: picture(state, 1),
    profileimageurlsmall: picture(state, 2),
    ismessaging: true,
    sentfromcurrentuser: own,
    lastmessage: shorten(message.text.replace(/<[^>]*>/g, '')),
    lastmessagedate: message.timecreated,
    messageid: message.id,
    showonlinestatus,
    isonline,
    // What one received never counts as read here.
    isread: own,
    isblocked: hasBlocked(state, userid, other.id),
    unreadcount: null,
    conversationid: message.conversationid,
  }
}

/** LIKE, with its wildcards: the search text is not escaped. */
function like(search: string): RegExp {
  const escaped = search.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  return new RegExp(escaped.replaceAll('%', '[\\s\\S]*').replaceAll('_', '[\\s\\S]'), 'i')
}

function hitsIn(context: Context, conversation: Conversation, userid: number, pattern: RegExp): Hit[] {
  const found = visibleMessages(conversation, userid).filter((message) => pattern.test(message.text))
  return found.flatMap((message) => {
    const others =
      message.useridfrom !== userid
        ? [message.useridfrom]
        : [...conversation.members].filter((id) => id !== userid || conversation.type === SELF)
    const people = others.flatMap((id) => context.state.users.get(id) ?? [])
    return people.map((other) => ({ message, other, id: message.id, timecreated: message.timecreated }))
  })
}

type SearchArgs = { userid: number; search: string; limitfrom: number; limitnum: number }

/** The text as sent, link targets included; sent and received; not what one has deleted. The limit counts rows, not messages. */
const searchMessages = messaging<SearchArgs>((args, context) => {
  requireSelf(context, args.userid)
  const pattern = like(args.search)
  const hits = [...(context.state.conversationsOf.get(args.userid) ?? [])]
    .flatMap((id) => context.state.conversations.get(id) ?? [])
    .flatMap((conversation) => hitsIn(context, conversation, args.userid, pattern))
    .toSorted((a, b) => a.id - b.id)
  const page = newestFirst(hits, args.limitfrom, args.limitnum)
  const once = page.filter((hit, at) => page.findIndex((other) => other.id === hit.id) === at)
  return { contacts: once.map((hit) => row(context, hit, args.userid)) }
})

export const searchFunctions: Handlers = {
  core_message_data_for_messagearea_search_messages: searchMessages,
}
