import type { components } from '@/api/schema.gen'

type Schemas = components['schemas']

export type Conversation = Schemas['ConversationOut']
export type Message = Schemas['MessageOut']
export type Messages = Schemas['MessagesOut']
export type ConversationMember = Schemas['ConversationMemberOut']
export type Preferences = Schemas['PreferencesOut']
export type Person = Schemas['PersonRef']
export type Reaction = Message['reactions'][number]
export type ReactionKind = Reaction['kind']
export type Level = NonNullable<Conversation['level']>
/** What is sent of a message. */
export type MessageDraft = Schemas['MessageDraft']
