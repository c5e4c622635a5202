/** Pages with places for an action, by the ids of their bodies; which places, actions/landmarks.ts says. */
export const PLACES = /^page-(mod-(forum-discuss|assign-grad)|user-profile|course-view|grade-report-user)/
