import { fullname } from '../state.ts'
import type { Discussion, Post } from '../types.ts'
import { frame, type Opened } from './activity.ts'
import { h, layout } from './layout.ts'

function actions({ id, subject }: Post, author: string, parent: number): string {
  const action = (name: string, href = '#') =>
    `<a data-region="post-action" class="btn btn-link" role="menuitem" href="${href}">${name}</a>`
  return (
    `<div class="d-flex flex-wrap"><div class="post-actions d-flex flex-wrap ms-auto" data-region="post-actions-container" role="menubar" aria-label="${h(`${subject} by ${author}`)}" aria-controls="p${id}">` +
    `${action('Permalink', `#p${id}`)}${parent > 0 ? action('Show parent', `#p${parent}`) : ''}${action('Reply')}</div></div>`
  )
}

function own({ visit, course }: Opened, post: Post): string {
  const { state } = visit.world
  const author = state.users.get(post.userid)
  const name = author ? fullname(author) : ''
  const href = `${state.wwwroot}/user/view.php?id=${post.userid}&amp;course=${course.id}`
  return (
    `<div class="forumpost focus-target${post.parent > 0 ? '' : ' firstpost starter'}" data-post-id="${post.id}" data-content="forum-post"><div data-region-content="forum-post-core">` +
    `<header id="post-header-${post.id}" class="header"><h3 class="h6" data-region-content="forum-post-core-subject" data-reply-subject="${h(post.subject)}">${h(post.subject)}</h3>` +
    `<div class="author" tabindex="-1">by <a href="${href}">${h(name)}</a></div></header>` +
    `<div class="body-content-container"><div id="post-content-${post.id}" class="post-content-container"><p>${h(post.message)}</p></div>${actions(post, name, post.parent)}</div></div></div>`
  )
}

/** Answers stand in what they answer. */
function article(opened: Opened, { posts }: Discussion, post: Post): string {
  const replies = posts.filter(({ parent }) => parent === post.id)
  const inner = replies.map((reply) => article(opened, { posts } as Discussion, reply)).join('')
  return (
    `<article id="p${post.id}" class="forum-post-container" data-post-id="${post.id}" data-region="post" tabindex="0" aria-labelledby="post-header-${post.id}">` +
    `${own(opened, post)}<div class="indent" data-region="replies-container">${inner}</div></article>`
  )
}

export function discussionPage(opened: Opened, discussion: Discussion): string {
  const first = discussion.posts.filter(({ parent }) => parent === 0)
  return layout(opened.visit, {
    ...frame(opened),
    title: `${opened.course.shortname}: ${discussion.name}`,
    heading: opened.cm.name,
    bodyId: 'page-mod-forum-discuss',
    drawer: true,
    main: `<h2>${h(discussion.name)}</h2><div id="discussion-container-1" data-content="forum-discussion">${first.map((post) => article(opened, discussion, post)).join('')}</div>`,
  })
}
