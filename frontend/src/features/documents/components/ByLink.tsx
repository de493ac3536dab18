import { IconChevronRight, IconDownload, IconFolder, IconLock } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { isProblem, messageOf } from '@/api/problem'
import { Button, buttonLook } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { PasswordField } from '@/components/forms/PasswordField'
import { Icon } from '@/components/Icon'
import { EmptyState } from '@/components/states/EmptyState'
import { ErrorState } from '@/components/states/ErrorState'
import { LoadingSlab } from '@/components/states/LoadingSlab'
import { NotFoundState } from '@/components/states/NotFoundState'
import { useFocusOnStep } from '@/components/useFocusOnStep'
import { formatDate } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { formatSize } from '@/lib/size'
import { useTitle } from '@/lib/title'
import {
  archiveAddress,
  contentAddress,
  isToken,
  type LinkedDocument,
  linkedDocumentsQuery,
  linkedFoldersQuery,
  type Opened,
  pageAddress,
  pageFileAddress,
  type SharedByLink,
  sharedByLinkQuery,
  ticketQuery,
  useUnlock,
} from '../byLink'
import { texts as words } from '../i18n'
import { texts } from '../links.texts'
import type { Step } from '../types'
import styles from './byLink.module.css'
import { KindTile } from './KindTile'
import { More } from './More'

const LinkedPage = lazy(() => import('./LinkedPage').then((part) => ({ default: part.LinkedPage })))

/** What a link leads to, for whoever holds it. `token` is its secret. */
export function ByLink({ token }: { token: string }) {
  const t = useText(texts)
  useTitle(t('byLink'))
  return <div className={styles.page}>{isToken(token) ? <Led key={token} token={token} /> : <Nowhere />}</div>
}

function Led({ token }: { token: string }) {
  const cache = useQueryClient()
  const known = useQuery({ ...ticketQuery(token), enabled: false }).data
  const shared = useQuery(sharedByLinkQuery({ token, ticket: known?.ticket ?? '' }))
  const asks = shared.data?.asks_password
  const ticket = useQuery({ ...ticketQuery(token), enabled: asks === false })
  useFocusOnStep(known && 'open')
  useEffect(() => {
    if (!known) return
    const close = () => cache.setQueryData(ticketQuery(token).queryKey, null)
    const timer = setTimeout(close, new Date(known.expires_at).getTime() - Date.now())
    return () => clearTimeout(timer)
  }, [known, token, cache])
  const error = shared.error ?? ticket.error
  if (isProblem(error) && (error.status === 404 || error.status === 422)) return <Nowhere />
  if (error) {
    return (
      <ErrorState heading="h1" onRetry={() => void (shared.error ? shared : ticket).refetch()}>
        {messageOf(error)}
      </ErrorState>
    )
  }
  if (asks && !known) return <Locked token={token} wasOpen={known === null} />
  if (known === null) return <Closed onOpen={() => void ticket.refetch()} />
  if (!shared.data || !known || (asks && !shared.data.opened)) return <LoadingSlab lines={6} />
  return <Contents shared={shared.data} opened={{ token, ticket: known.ticket }} />
}

/** One text for all that does not work: which of the reasons it is, nobody learns. */
function Nowhere() {
  const t = useText(texts)
  return (
    <NotFoundState heading="h1" title={t('nowhere')}>
      {t('nowhereText')}
    </NotFoundState>
  )
}

interface LockedProps {
  token: string
  /** It was open, and closed by itself. */
  wasOpen: boolean
}

function Locked({ token, wasOpen }: LockedProps) {
  const t = useText(texts)
  const unlock = useUnlock(token)
  const isWrong = isProblem(unlock.error, 'wrong_password')
  if (isProblem(unlock.error) && unlock.error.status === 404) return <Nowhere />
  return (
    <div className={styles.door}>
      <span className={styles.sign}>
        <Icon as={IconLock} size={24} />
      </span>
      <h1>{t('protected')}</h1>
      <p className={styles.facts}>{t(wasOpen ? 'closedText' : 'protectedLead')}</p>
      <Form
        error={unlock.error && !isWrong ? messageOf(unlock.error) : null}
        failure={unlock.error}
        onSubmit={(values) => unlock.isPending || unlock.mutate(values('password'))}
      >
        <PasswordField
          label={t('password')}
          error={isWrong ? t('wrongPassword') : undefined}
          name="password"
          autoComplete="off"
          data-autofocus
        />
        <Button type="submit" wide busy={unlock.isPending}>
          {t('open')}
        </Button>
      </Form>
    </div>
  )
}

function Closed({ onOpen }: { onOpen: () => void }) {
  const t = useText(texts)
  return (
    <EmptyState heading="h1" title={t('closed')} action={<Button onClick={onOpen}>{t('openAgain')}</Button>}>
      {t('closedText')}
    </EmptyState>
  )
}

interface ContentsProps {
  shared: SharedByLink
  opened: Opened
}

/** Where one is in a folder is held here, and not in the address: that is the link itself. */
function Contents({ shared, opened }: ContentsProps) {
  const top: Step | null = shared.folder_id === null ? null : { id: shared.folder_id, name: shared.name ?? '' }
  const [path, setPath] = useState<readonly Step[]>(top ? [top] : [])
  const [seen, setSeen] = useState<LinkedDocument>()
  const document = shared.document ?? seen
  const here = path.at(-1)
  useFocusOnStep(document?.id ?? here?.id)
  const goTo = (index: number) => {
    setSeen(undefined)
    setPath(path.slice(0, index + 1))
  }
  return (
    <>
      <Way path={path} here={seen?.name} onGo={goTo} />
      {document ? (
        <OneDocument document={document} shared={shared} opened={opened} />
      ) : (
        here && (
          <OneFolder
            key={here.id}
            folder={here}
            shared={shared}
            opened={opened}
            onFolder={(folder) => setPath([...path, folder])}
            onDocument={setSeen}
          />
        )
      )}
    </>
  )
}

function Way({ path, here, onGo }: { path: readonly Step[]; here: string | undefined; onGo: (index: number) => void }) {
  const t = useText(texts)
  const above = here === undefined ? path.slice(0, -1) : path
  if (above.length === 0) return null
  return (
    <nav aria-label={t('way')}>
      <ol className={styles.way}>
        {above.map(({ id, name }, index) => (
          <li key={id}>
            <button type="button" aria-label={t('back', { name })} onClick={() => onGo(index)}>
              {name}
            </button>
            <Icon as={IconChevronRight} size={15} />
          </li>
        ))}
        <li aria-current="page">{here ?? path.at(-1)?.name}</li>
      </ol>
    </nav>
  )
}

function OneDocument({ document, shared, opened }: ContentsProps & { document: LinkedDocument }) {
  const t = useText(texts)
  const tw = useText(words)
  const language = useLanguage()
  const { id, kind, name, group, size, pages } = document
  const facts = [
    kind === 'page' ? t('kindPage') : tw(group),
    kind === 'file' && formatSize(size, language),
    t('worksUntil', { date: formatDate(shared.expires_at, language) }),
  ]
  useTitle(name)
  return (
    <>
      <header className={styles.head}>
        <KindTile group={group} />
        <div>
          <h1>{name}</h1>
          <p className={styles.facts}>{facts.filter(Boolean).join(', ')}</p>
        </div>
        {shared.allows_download && kind === 'file' && (
          <a href={contentAddress(opened, id)} download={name} {...buttonLook({})}>
            <Icon as={IconDownload} size={17} />
            {t('download')}
          </a>
        )}
      </header>
      {kind === 'page' ? (
        <Suspense fallback={<LoadingSlab lines={6} />}>
          <LinkedPage opened={opened} documentId={id} mayDownload={shared.allows_download} />
        </Suspense>
      ) : pages === 0 ? (
        <p className={styles.none}>{t(shared.allows_download ? 'noPages' : 'noPagesKept')}</p>
      ) : (
        <div className={styles.pages} data-paper={group === 'image' ? undefined : true}>
          {Array.from({ length: pages }, (_, index) => index + 1).map((number) => (
            <figure key={number}>
              <img
                src={pageAddress(opened, id, number)}
                loading={number > 2 ? 'lazy' : 'eager'}
                alt={group === 'image' ? name : t('page', { number, name })}
              />
              {pages > 1 && <figcaption>{t('pageOf', { number, count: pages })}</figcaption>}
            </figure>
          ))}
        </div>
      )}
    </>
  )
}

interface OneFolderProps extends ContentsProps {
  folder: Step
  onFolder: (folder: Step) => void
  onDocument: (document: LinkedDocument) => void
}

function OneFolder({ folder, shared, opened, onFolder, onDocument }: OneFolderProps) {
  const t = useText(texts)
  const language = useLanguage()
  const folders = useInfiniteQuery(linkedFoldersQuery(opened, folder.id))
  const documents = useInfiniteQuery(linkedDocumentsQuery(opened, folder.id))
  useTitle(folder.name)
  const isEmpty = folders.data?.length === 0 && documents.data?.length === 0
  return (
    <>
      <header className={styles.head}>
        <span className={styles.sign}>
          <Icon as={IconFolder} size={24} />
        </span>
        <div>
          <h1>{folder.name}</h1>
          <p className={styles.facts}>
            {t('folder')}, {t('worksUntil', { date: formatDate(shared.expires_at, language) })}
          </p>
        </div>
        {shared.allows_download && !isEmpty && (
          <a href={archiveAddress(opened, folder.id)} download {...buttonLook({})}>
            <Icon as={IconDownload} size={17} />
            {t('downloadZip')}
          </a>
        )}
      </header>
      {isEmpty && <p className={styles.none}>{t('nothing')}</p>}
      <Loaded query={folders}>
        {(all) =>
          all.length > 0 && (
            <section>
              <h2>{t('folders')}</h2>
              <ul className={styles.list}>
                {all.map(({ id, name }) => (
                  <li key={id}>
                    <button type="button" onClick={() => onFolder({ id, name })}>
                      <Icon as={IconFolder} size={20} />
                      {name}
                    </button>
                  </li>
                ))}
              </ul>
              <More list={folders} />
            </section>
          )
        }
      </Loaded>
      <Loaded query={documents}>
        {(all) =>
          all.length > 0 && (
            <section>
              <h2>{t('documents')}</h2>
              <ul className={styles.list}>
                {all.map((document) => (
                  <DocumentLine
                    key={document.id}
                    document={document}
                    opened={shared.allows_download ? opened : null}
                    onOpen={() => onDocument(document)}
                  />
                ))}
              </ul>
              <More list={documents} />
            </section>
          )
        }
      </Loaded>
    </>
  )
}

interface DocumentLineProps {
  document: LinkedDocument
  /** What it can be downloaded with, if it can. */
  opened: Opened | null
  onOpen: () => void
}

function DocumentLine({ document, opened, onOpen }: DocumentLineProps) {
  const t = useText(texts)
  const tw = useText(words)
  const language = useLanguage()
  const { id, kind, name, group, size } = document
  const isPage = kind === 'page'
  return (
    <li>
      <button type="button" onClick={onOpen}>
        <KindTile group={group} />
        <span>
          {name}
          <small>
            {isPage ? t('kindPage') : tw('kindAndSize', { kind: tw(group), size: formatSize(size, language) })}
          </small>
        </span>
      </button>
      {opened !== null && (
        <a
          href={isPage ? pageFileAddress(opened, id, 'docx') : contentAddress(opened, id)}
          download={isPage ? `${name}.docx` : name}
          aria-label={t(isPage ? 'downloadWord' : 'downloadOne', { name })}
          title={t(isPage ? 'as_docx' : 'download')}
          {...buttonLook({ look: 'quiet' })}
        >
          <Icon as={IconDownload} size={17} />
        </a>
      )}
    </li>
  )
}
