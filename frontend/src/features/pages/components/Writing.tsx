import { useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { CommunityTile } from '@/components/paving/CommunityTile'
import { MixBar } from '@/components/people/MixBar'
import type { PublicCounts } from '@/components/people/publics'
import { LoadingSlab } from '@/components/states/LoadingSlab'
import { useMember } from '@/entities/session/queries'
import { translator, useText } from '@/lib/i18n'
import { currentLanguage } from '@/lib/language'
import { formatDue } from '../due'
import { extensionsOf } from '../extensions'
import { texts } from '../i18n'
import { pictureAddress } from '../nodes'
import { pageQuery } from '../queries'
import { refuseWriting } from '../readersCaret'
import type { PageSession, PageState } from '../session'
import type { WrittenPage } from '../types'
import { useDiscussion } from '../useDiscussion'
import { useEditor, useOf } from '../useEditor'
import { usePageSession } from '../usePageSession'
import { usePeople } from '../usePeople'
import { Bar } from './Bar'
import { CommentBubble } from './CommentBubble'
import { CopyDialog } from './CopyDialog'
import { Naming } from './Naming'
import { Outline } from './Outline'
import type { PageProps } from './PageView'
import type { Pictured } from './PictureDialog'
import styles from './page.module.css'
import { TaskDialog } from './TaskDialog'
import './text.css'
import { Threads } from './Threads'
import { Toolbar } from './Toolbar'

const PictureDialog = lazy(() => import('./PictureDialog').then((part) => ({ default: part.PictureDialog })))
const Drawer = lazy(async () => ({ default: (await import('@/components/overlays/Drawer')).Drawer }))
const HistoryDialog = lazy(() => import('./HistoryDialog').then((part) => ({ default: part.HistoryDialog })))

interface WritingProps extends PageProps {
  /** Begins anew with what the server has. */
  onReopen: () => void
}

/** A page and those who write it. */
export function Writing(props: WritingProps) {
  const member = useMember()
  const { session, state } = usePageSession(props.document.id, member.id)
  return <Paper {...props} session={session} state={state} memberId={member.id} />
}

/** What is written is not behind the tools, on a phone. */
const MARGINS = { scrollMargin: 96, scrollThreshold: 96 }

interface PaperProps extends WritingProps {
  session: PageSession
  state: PageState
  memberId: string
}

function Paper({ session, state, memberId, ...props }: PaperProps) {
  const { document, to, onLeave, onReopen } = props
  const t = useText(texts)
  const names = useRef<ReadonlyMap<string, string>>(new Map())
  const [task, setTask] = useState<number>()
  const [looksBack, setLooksBack] = useState(false)
  const [pictures, setPictures] = useState<Pictured[]>([])
  const [outlined, setOutlined] = useState(false)
  const isBeside = useMediaQuery('(min-width: 1120px)', true, { getInitialValueInEffect: false })
  const discussion = useDiscussion(props.thread)
  const { place, editor } = useEditor(() => ({
    editable: false,
    extensions: extensionsOf({
      document: session.document,
      awareness: session.awareness,
      nameOf: (id) => names.current.get(id)?.split(' ')[0] ?? '',
      documentAddress: to.document,
      pictureAddress: pictureAddress(document.id),
      onPictures: (files) => setPictures((before) => [...before, ...files]),
      onAssign: setTask,
      onCommented: discussion.choose,
      words: () => taskWords(names.current),
    }),
    editorProps: { attributes: { role: 'textbox', 'aria-multiline': 'true' } },
  }))
  const isOpen = state.isHere && state.phase !== 'closed'
  const mayWrite = state.level === 'write' && isOpen
  const mayComment = state.level !== 'read' && isOpen
  useEffect(() => {
    if (!editor) return
    editor.setEditable(mayComment, false)
    refuseWriting(editor, !mayWrite)
    const attributes = { role: 'textbox', 'aria-multiline': 'true', 'aria-label': document.name }
    const readOnly = { 'aria-readonly': String(!mayWrite), ...(!mayWrite && { inputmode: 'none' }) }
    editor.setOptions({ editorProps: { ...MARGINS, attributes: { ...attributes, ...readOnly } } })
  }, [editor, mayWrite, mayComment, document.name])
  const comment = () => editor && mayComment && discussion.begin(editor)
  const outline = (gone?: () => void) =>
    editor && (
      <Outline
        editor={editor}
        session={session}
        people={state.people}
        memberId={memberId}
        {...(gone && { onGone: gone })}
      />
    )
  const copied = editor && (state.phase === 'closed' || state.refused !== undefined) ? editor : undefined
  return (
    <>
      <Bar
        {...props}
        state={state}
        onHistory={() => setLooksBack(true)}
        onOutline={() => setOutlined(true)}
        onThreads={isBeside ? undefined : () => discussion.list(true)}
      />
      {outline()}
      <div className={styles.paper}>
        {editor && mayWrite && (
          <Toolbar editor={editor} to={to} onPicture={(of) => setPictures([of])} onComment={comment} />
        )}
        <div className={styles.sheet}>
          <div className={styles.text}>
            <h1>{document.name}</h1>
            <Facts document={document} />
            {state.phase === 'blocked' && (
              <p className={styles.notice} role="status">
                {t('blocked')}
              </p>
            )}
            {!state.isHere && state.phase === 'away' && <p className={styles.notice}>{t('notHere')}</p>}
            {!state.isHere && state.phase === 'opening' && <LoadingSlab lines={6} />}
            {/* The editor draws in it, so nothing of React's is inside. */}
            <div ref={place} className="written" hidden={!state.isHere} />
            {editor && state.isHere && <Invitation editor={editor} mayWrite={mayWrite} place={place} />}
            {editor && <Named editor={editor} people={state.people} names={names} />}
          </div>
          {editor && state.isHere && state.phase !== 'closed' && (
            <Threads
              editor={editor}
              pageId={document.id}
              memberId={memberId}
              discussion={discussion}
              mayComment={mayComment}
              isPrivate={document.space.community === null}
              isBeside={isBeside}
            />
          )}
        </div>
      </div>
      {editor && mayComment && (
        <CommentBubble editor={editor} isFree={discussion.draft === undefined} onComment={comment} />
      )}
      <Suspense>
        <Drawer open={outlined} onClose={() => setOutlined(false)} label={t('outline')} width={320} overlay={undefined}>
          <div className={styles.drawn}>{outline(() => setOutlined(false))}</div>
        </Drawer>
      </Suspense>
      {editor && mayWrite && <Naming editor={editor} />}
      {editor && mayWrite && pictures[0] && (
        <Suspense>
          <PictureDialog
            key={pictures.length}
            pageId={document.id}
            editor={editor}
            of={pictures[0]}
            onClose={() => setPictures(pictures.slice(1))}
          />
        </Suspense>
      )}
      {editor && <TaskDialog editor={editor} at={task} onClose={() => setTask(undefined)} names={names.current} />}
      {looksBack && state.phase !== 'closed' && (
        <Suspense>
          <HistoryDialog pageId={document.id} mayWrite={mayWrite} onClose={() => setLooksBack(false)} />
        </Suspense>
      )}
      {copied && (
        <CopyDialog
          reason={state.phase === 'closed' ? 'closed' : (state.refused ?? 'read_only')}
          text={copied.getText({ blockSeparator: '\n' })}
          onClose={() => {
            if (state.phase === 'closed') return onLeave()
            void session.forget().then(onReopen)
          }}
        />
      )}
    </>
  )
}

function Facts({ document }: Pick<PageProps, 'document'>) {
  const t = useText(texts)
  const page = useQuery(pageQuery(document.id)).data
  const { space, number } = document
  return (
    <p className={styles.facts}>
      {space.community && (
        <span>
          <CommunityTile of={space.community.id} size={22} />
          {space.community.name}
        </span>
      )}
      <span>{t('version', { number })}</span>
      {page !== undefined && page.people > 0 && <span>{t('people', { count: page.people })}</span>}
      {page !== undefined && page.contributors?.length > 0 && <Mix people={page.contributors} />}
    </p>
  )
}

/** Of which publics those are who wrote. */
function Mix({ people }: { people: WrittenPage['contributors'] }) {
  const counts: PublicCounts = {}
  for (const person of people) if (person.public) counts[person.public] = (counts[person.public] ?? 0) + 1
  return <MixBar counts={counts} />
}

type Editing = Parameters<typeof useOf>[0]

/** What an empty page says. */
function Invitation({
  editor,
  mayWrite,
  place,
}: {
  editor: Editing
  mayWrite: boolean
  place: { current: HTMLElement | null }
}) {
  const t = useText(texts)
  const isEmpty = useOf(editor, ({ isEmpty: empty }) => empty)
  const words = isEmpty ? t(mayWrite ? 'emptyPage' : 'emptyToRead') : undefined
  useEffect(() => {
    if (words) place.current?.setAttribute('data-invitation', words)
    else place.current?.removeAttribute('data-invitation')
  }, [words, place])
  return null
}

interface NamedProps {
  editor: Editing
  people: PageState['people']
  names: { current: ReadonlyMap<string, string> }
}

/** Finds the names of those whom the page knows by id, and has them drawn. */
function Named({ editor, people, names }: NamedProps) {
  const ids = useOf(editor, ({ state }) => {
    const found = new Set<string>()
    state.doc.descendants(({ type, attrs }) => {
      if (type.name === 'taskItem' && attrs.assignee) found.add(attrs.assignee)
    })
    return [...found].sort()
  })
  const known = usePeople(people, ids)
  useEffect(() => {
    names.current = known
    editor.view.dispatch(editor.state.tr.setMeta('names', known).setMeta('addToHistory', false))
  }, [editor, known, names])
  return null
}

function taskWords(names: ReadonlyMap<string, string>) {
  const t = translator(texts)
  const language = currentLanguage()
  return {
    done: t('done'),
    toDo: t('toDo'),
    nobody: t('assign'),
    assign: (task: string) => t('assignTask', { task: task || t('task') }),
    facts: (assignee: string | null, due: string | null) =>
      [assignee && (names.get(assignee)?.split(' ')[0] || t('somebody')), due && formatDue(due, language)]
        .filter(Boolean)
        .join(', '),
  }
}
