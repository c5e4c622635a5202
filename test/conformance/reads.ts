import type { FunctionName, Params } from '../../lib/moodle/index.ts'
import type { Place } from './place.ts'
import { participants } from './rosters.ts'

/** What a function is asked, or why it cannot be asked on this site. */
type Question<N extends FunctionName> = (place: Place) => Params<N> | string

export type Reads = { readonly [N in FunctionName]?: Question<N> }

const includes = { includecontactrequests: true, includeprivacyinfo: true }
const search = { search: 'a', searchanywhere: true, page: 0, perpage: 10 }

/** Every function that only reads, asked as the teacher. */
export const reads: Reads = {
  core_course_get_enrolled_courses_by_timeline_classification: () => ({ classification: 'all', limit: 5 }),
  core_course_get_recent_courses: ({ teacher }) => ({ userid: teacher, limit: 5 }),
  /** The front page: of other courses it asks for a right that teachers do not have. */
  core_course_get_courses: () => ({ options: { ids: [1] } }),
  core_course_get_courses_by_field: ({ courseId }) => ({ field: 'id', value: String(courseId) }),
  core_course_get_contents: ({ courseId }) => ({ courseid: courseId }),
  core_course_get_course_module: ({ cmid }) => ({ cmid }),
  core_course_get_course_module_by_instance: ({ module, instance }) => ({ module, instance }),
  core_course_get_enrolled_users_by_cmid: ({ cmid }) => ({ cmid }),
  core_courseformat_get_state: ({ courseId }) => ({ courseid: courseId }),
  core_enrol_search_users: ({ courseId }) => ({ courseid: courseId, ...search }),
  core_enrol_get_enrolled_users: ({ courseId }) => ({
    courseid: courseId,
    options: [{ name: 'onlyactive', value: '1' }],
  }),
  core_enrol_get_potential_users: ({ courseId, enrolId }) =>
    enrolId === undefined
      ? 'no manual enrolment was found'
      : { courseid: courseId, enrolid: enrolId, ...search },
  core_enrol_get_users_courses: ({ teacher }) => ({ userid: teacher }),
  core_group_get_course_groups: ({ courseId }) => ({ courseid: courseId }),
  core_group_get_groups_for_selector: ({ courseId }) => ({ courseid: courseId }),
  core_group_get_course_user_groups: ({ courseId, teacher }) => ({ courseid: courseId, userid: teacher }),
  core_group_get_course_groupings: ({ courseId }) => ({ courseid: courseId }),
  core_group_get_activity_allowed_groups: ({ cmid }) => ({ cmid }),
  core_group_get_activity_groupmode: ({ cmid }) => ({ cmid }),
  core_message_get_user_contacts: ({ teacher }) => ({ userid: teacher }),
  core_message_get_contact_requests: ({ teacher }) => ({ userid: teacher }),
  core_message_get_conversations: ({ teacher }) => ({ userid: teacher, limitnum: 20, mergeself: true }),
  core_message_get_conversation: ({ teacher, conversationId }) => ({
    userid: teacher,
    conversationid: conversationId,
    ...includes,
    messagelimit: 2,
  }),
  core_message_get_conversation_between_users: ({ teacher, student1 }) => ({
    userid: teacher,
    otheruserid: student1,
    ...includes,
    messagelimit: 2,
    newestmessagesfirst: true,
  }),
  core_message_get_self_conversation: ({ teacher }) => ({ userid: teacher }),
  core_message_get_conversation_counts: ({ teacher }) => ({ userid: teacher }),
  core_message_get_unread_conversation_counts: ({ teacher }) => ({ userid: teacher }),
  core_message_get_unread_conversations_count: ({ teacher }) => ({ useridto: teacher }),
  core_message_get_received_contact_requests_count: ({ teacher }) => ({ userid: teacher }),
  core_message_get_messages: ({ teacher }) => ({
    useridto: 0,
    useridfrom: teacher,
    type: 'conversations',
    read: 2,
    limitnum: 20,
  }),
  core_message_get_conversation_messages: ({ teacher, conversationId }) => ({
    currentuserid: teacher,
    convid: conversationId,
    limitnum: 20,
    newest: true,
  }),
  core_message_data_for_messagearea_search_messages: ({ teacher }) => ({
    userid: teacher,
    search: 'morning',
  }),
  core_message_get_unread_notification_count: ({ teacher }) => ({ useridto: teacher }),
  core_message_get_conversation_members: ({ teacher, conversationId }) => ({
    userid: teacher,
    conversationid: conversationId,
    ...includes,
  }),
  core_message_get_member_info: ({ teacher, student1, student2 }) => ({
    referenceuserid: teacher,
    userids: [student1, student2],
    ...includes,
  }),
  core_message_message_search_users: ({ teacher }) => ({ userid: teacher, search: 'student' }),
  core_message_search_contacts: () => ({ searchtext: 'student' }),
  core_message_get_blocked_users: ({ teacher }) => ({ userid: teacher }),
  core_message_get_user_message_preferences: ({ teacher }) => ({ userid: teacher }),
  core_message_get_user_notification_preferences: ({ teacher }) => ({ userid: teacher }),
  core_message_get_message_processor: ({ teacher }) => ({ userid: teacher, name: 'popup' }),
  core_notes_get_course_notes: ({ courseId, student1 }) => ({ courseid: courseId, userid: student1 }),
  core_session_time_remaining: () => ({}),
  core_session_touch: () => ({}),
  core_table_get_dynamic_table_content: ({ courseId }) => participants(courseId),
  core_user_get_users_by_field: ({ student1 }) => ({ field: 'id', values: [student1] }),
  core_user_get_course_user_profiles: ({ courseId, student1 }) => ({
    userlist: [{ userid: student1, courseid: courseId }],
  }),
  core_user_get_user_preferences: ({ teacher }) => ({ userid: teacher }),
  core_webservice_get_site_info: () => ({}),
  message_popup_get_popup_notifications: ({ teacher }) => ({ useridto: teacher, limit: 5 }),
  message_popup_get_unread_popup_notification_count: ({ teacher }) => ({ useridto: teacher }),
  mod_assign_get_assignments: ({ courseId }) => ({ courseids: [courseId] }),
  mod_assign_list_participants: ({ module, instance }) =>
    module === 'assign'
      ? { assignid: instance, groupid: 0, filter: '', limit: 5 }
      : 'the cmid is no assignment',
  mod_assign_get_participant: ({ module, instance, student1 }) =>
    module === 'assign'
      ? { assignid: instance, userid: student1, embeduser: false }
      : 'the cmid is no assignment',
  mod_dialogue_search_users: ({ dialogueCmid }) =>
    dialogueCmid === undefined ? 'the course has no Dialogue activity' : { cmid: dialogueCmid, ...search },
  tool_mobile_get_public_config: () => ({}),
  tool_mobile_get_config: () => ({ section: 'privacy' }),
}
