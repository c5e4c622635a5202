import { plural, t } from '../../lib/extension/text.ts'

export { t }

export const unreadText = (unread: number): string => plural('launcherUnread', unread)
