/** A typed client for Moodle's web services, over a session or a token. Runs in a worker, a page and Node alike. */
export {
  type CallOptions,
  createMoodleClient,
  type MoodleClient,
} from './client.ts'
export {
  defineFunction,
  type FunctionDefinition,
  type ParamsOf,
  type Reach,
  type ReturnsOf,
  type TransportKind,
} from './define.ts'
export { type Download, type DownloadOptions, downloadFile } from './download.ts'
export {
  type ConversationRow,
  type CourseRow,
  type EnrolledRow,
  eachConversation,
  eachCourse,
  eachEnrolled,
  eachMessage,
  eachNotification,
  type MessageRow,
  type NotificationRow,
  type PageOptions,
} from './each.ts'
export {
  type BadParams,
  type BadStatus,
  isMoodleError,
  type Malformed,
  type MoodleError,
  type MoodleRefusal,
  moodleErrorOf,
  type NotAttempted,
  type OutOfReach,
  toPlain,
  type Unreachable,
} from './errors.ts'
export { type FileWay, fileAddress, plainFileAddress } from './files.ts'
export type { CallShape, CallShapeOf, CallShapesOf, NameOver, Params, Returns } from './function-map.ts'
export type { HttpFacts } from './hooks.ts'
export { type LaunchAddressOptions, launchAddress, readLaunchRedirect } from './launch-page.ts'
export { type DocumentLike, type MoodlePage, type PageFacts, pageFacts, readPage } from './page.ts'
export { readPageText } from './page-text.ts'
export { maxMessageBytes } from './quirks.ts'
export { redact } from './redact.ts'
export { type FunctionName, functions } from './registry.ts'
export { type RestOptions, restTransport, type ServiceOptions } from './rest.ts'
export { type RetryOptions, retried } from './retried.ts'
export { type SessionOptions, sessionTransport } from './session.ts'
export { publicConfig, signIn } from './sign-in.ts'
export type { Supports } from './support.ts'
export { type Batch, type BatchOutcome, createBatch } from './together.ts'
export type { Transport, TransportOptions } from './transport.ts'
export { type DraftFile, type UploadOptions, uploadFile } from './upload.ts'
export type { Progress } from './upload-progress.ts'
export { isClosedForNow, isForbidden, isSignedOut, mayHaveHappened, needsThePerson } from './verdicts.ts'
export { type RequestFacts, watched } from './watch.ts'
