import { IconLink, IconTrash } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { formErrors } from '@/api/problem'
import { useOnce } from '@/api/useOnce'
import { Button } from '@/components/buttons/Button'
import { IconButton } from '@/components/buttons/IconButton'
import { CopyButton } from '@/components/CopyButton'
import { Checkbox } from '@/components/forms/Checkbox'
import { Form } from '@/components/forms/Form'
import { PasswordField } from '@/components/forms/PasswordField'
import { TextField } from '@/components/forms/TextField'
import { Icon } from '@/components/Icon'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { Dialog } from '@/components/overlays/Dialog'
import { PermissionState } from '@/components/states/PermissionState'
import { organisationQuery } from '@/entities/organisation/queries'
import { formatDate } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { linksQuery, type ShareLink, type ShareLinkDraft, useDeleteShareLink, useMakeShareLink } from '../links'
import { texts } from '../links.texts'
import type { Reference, Thing } from '../types'
import styles from './links.module.css'
import { More } from './More'

interface LinksDialogProps {
  open: boolean
  onClose: () => void
  thing: Thing
}

/** Links by which people without account see a thing: making them, and taking them back. */
export function LinksDialog({ open, onClose, thing }: LinksDialogProps) {
  const t = useText(texts)
  return (
    <Dialog open={open} onClose={onClose} title={t('linksOf', { name: thing.name })} width={600}>
      <Present thing={thing} />
    </Dialog>
  )
}

/** Where links are not allowed, those that were made can still be deleted. */
function Present({ thing }: { thing: Thing }) {
  const t = useText(texts)
  const organisation = useQuery(organisationQuery)
  return (
    <Loaded query={organisation}>
      {({ share_links }) => (
        <div className={styles.dialog}>
          {share_links ? (
            <>
              <p className={styles.lead}>{t('linksLead')}</p>
              <Making thing={thing} />
            </>
          ) : (
            <PermissionState heading="h3" title={t('linksOff')}>
              {t('linksOffText')}
            </PermissionState>
          )}
          <Made thing={thing} />
        </div>
      )}
    </Loaded>
  )
}

function Making({ thing }: { thing: Reference }) {
  const t = useText(texts)
  const make = useMakeShareLink(thing)
  const once = useOnce()
  const [mayDownload, setMayDownload] = useState(false)
  const errors = formErrors(make.error, ['expires_at', 'password', 'max_uses'])
  if (make.data) return <Ready link={make.data.link} onAnother={make.reset} />
  const send = (values: (name: string) => string) => {
    if (make.isPending) return
    const draft: ShareLinkDraft = {
      expires_at: endOf(values('expires_at')),
      allows_download: mayDownload,
      ...(values('password') !== '' && { password: values('password') }),
      ...(values('max_uses') !== '' && { max_uses: Number(values('max_uses')) }),
    }
    make.mutate({ draft, once: once(draft) })
  }
  return (
    <section>
      <h3>{t('newLink')}</h3>
      <Form error={errors.form} failure={make.error} onSubmit={send}>
        <TextField
          label={t('until')}
          hint={t('untilHint')}
          error={errors.fields.expires_at}
          name="expires_at"
          type="date"
          defaultValue={dayIn(USUAL)}
          min={dayIn(0)}
          max={dayIn(LONGEST)}
        />
        <PasswordField
          label={t('password')}
          hint={t('passwordHint')}
          error={errors.fields.password}
          name="password"
          autoComplete="new-password"
          optional
        />
        <TextField
          label={t('mostUses')}
          hint={t('mostUsesHint')}
          error={errors.fields.max_uses}
          name="max_uses"
          type="number"
          inputMode="numeric"
          min={1}
          max={10_000}
          optional
        />
        <Checkbox
          label={t('mayDownload')}
          hint={t('mayDownloadHint')}
          checked={mayDownload}
          onChange={(event) => setMayDownload(event.target.checked)}
        />
        <div className={styles.buttons}>
          <Button type="submit" icon={IconLink} busy={make.isPending}>
            {t('makeLink')}
          </Button>
        </div>
      </Form>
    </section>
  )
}

/** The one time that a link is shown. */
function Ready({ link, onAnother }: { link: string; onAnother: () => void }) {
  const t = useText(texts)
  const address = new URL(link, window.location.origin).href
  return (
    <section className={styles.ready} role="status">
      <h3>{t('made')}</h3>
      <TextField label={t('theLink')} hint={t('madeHint')} value={address} readOnly onFocus={selectAll} />
      <div className={styles.buttons}>
        <Button look="quiet" onClick={onAnother}>
          {t('another')}
        </Button>
        <CopyButton text={address} look="primary">
          {t('copyLink')}
        </CopyButton>
      </div>
    </section>
  )
}

function Made({ thing }: { thing: Reference }) {
  const t = useText(texts)
  const list = useInfiniteQuery(linksQuery(thing))
  const remove = useDeleteShareLink(thing)
  const [deleted, setDeleted] = useState<ShareLink>()
  return (
    <section>
      <h3>{t('links')}</h3>
      <Loaded query={list}>
        {(links) =>
          links.length === 0 ? (
            <p className={styles.lead}>{t('noLinks')}</p>
          ) : (
            <>
              <ul className={styles.links}>
                {links.map((link) => (
                  <Line key={link.id} link={link} onDelete={() => setDeleted(link)} />
                ))}
              </ul>
              <More list={list} />
            </>
          )
        }
      </Loaded>
      <ConfirmDialog
        open={deleted !== undefined}
        onClose={() => setDeleted(undefined)}
        title={t('deleteTitle')}
        confirm={t('deleteIt')}
        danger
        onConfirm={() => remove.mutateAsync(deleted?.id ?? '')}
      >
        {t('deleteText')}
      </ConfirmDialog>
    </section>
  )
}

function Line({ link, onDelete }: { link: ShareLink; onDelete: () => void }) {
  const t = useText(texts)
  const language = useLanguage()
  const { created_by, expires_at, uses, max_uses, asks_password, allows_download } = link
  const name = created_by?.name ?? t('somebody')
  const date = formatDate(expires_at, language)
  const until = t(new Date(expires_at) > new Date() ? 'linkUntil' : 'linkEnded', { date })
  const facts = [
    max_uses === null ? t('opened', { count: uses }) : t('openedOf', { uses, count: max_uses }),
    asks_password && t('withPassword'),
    t(allows_download ? 'withDownload' : 'withoutDownload'),
  ]
  return (
    <li>
      <span className={styles.mark}>
        <Icon as={IconLink} size={17} />
      </span>
      <span className={styles.words}>
        <b>
          {name}, {until}
        </b>
        <small>{facts.filter(Boolean).join(', ')}</small>
      </span>
      <IconButton icon={IconTrash} label={t('deleteLink', { name, until })} onClick={onDelete} />
    </li>
  )
}

/** Days from today. */
const USUAL = 30
const LONGEST = 365

/** A day of the reader's calendar, as a field of dates wants it. */
function dayIn(days: number): string {
  const day = new Date()
  day.setDate(day.getDate() + days)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}

/** The last second of a day where the reader is; what is no day is sent as it is, for the server to say so. */
function endOf(day: string): string {
  const last = new Date(`${day}T23:59:59`)
  return Number.isNaN(last.getTime()) ? day : last.toISOString()
}

const selectAll = (event: { currentTarget: HTMLInputElement }) => event.currentTarget.select()
