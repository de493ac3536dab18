import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { Checkbox } from '@/components/forms/Checkbox'
import { FormError } from '@/components/forms/FormError'
import { Slab } from '@/components/Slab'
import { Result } from '@/components/states/Result'
import { isInstalled, useInstall } from '@/lib/application'
import { formatMoment } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { needsInstalling } from '@/lib/push'
import { Row, Rows } from '../Rows'
import { texts } from './device.texts'
import { type Device, devicesQuery, stateQuery, useTurnOff, useTurnOn } from './devices'

/** Whether this device is told of what is new while Parvis is closed on it, and how much; and which others are. */
export function ThisDevice() {
  const t = useText(texts)
  const devices = useQuery(devicesQuery)
  return (
    <Slab title={t('title')}>
      <p>{t('lead')}</p>
      <Loaded query={devices}>
        {(all) => (
          <>
            <Here device={all.find(({ is_current }) => is_current)} />
            <Others devices={all.filter(({ is_current }) => !is_current)} />
          </>
        )}
      </Loaded>
      <Install />
    </Slab>
  )
}

function Here({ device }: { device: Device | undefined }) {
  const t = useText(texts)
  const { data: state } = useQuery(stateQuery)
  const on = useTurnOn()
  const off = useTurnOff()
  const error = on.error ?? off.error
  if (state === undefined) return null
  if (state === 'unsupported') return <p>{t(needsInstalling() ? 'needsInstalling' : 'unsupported')}</p>
  if (state === 'refused') return <p>{t('refused')}</p>
  const isOn = state === 'on' && device !== undefined
  return (
    <>
      <FormError>{error && messageOf(error)}</FormError>
      {isOn && (
        <Checkbox
          label={t('showEverything')}
          hint={t('showEverythingHint')}
          checked={device.shows === 'everything'}
          onChange={({ target }) => on.mutate(target.checked ? 'everything' : 'nothing')}
        />
      )}
      <Result>{isOn && t('on')}</Result>
      {!isOn && <p>{t('off')}</p>}
      <p>
        {isOn ? (
          <Button look="secondary" busy={off.isPending} onClick={() => off.mutate(device)}>
            {t('turnOff')}
          </Button>
        ) : (
          <Button busy={on.isPending} onClick={() => on.mutate('nothing')}>
            {t('turnOn')}
          </Button>
        )}
      </p>
    </>
  )
}

function Others({ devices }: { devices: readonly Device[] }) {
  const t = useText(texts)
  const language = useLanguage()
  const off = useTurnOff()
  if (devices.length === 0) return null
  const nameOf = ({ browser, system }: Device) =>
    browser && system ? t('device', { browser, system }) : (browser ?? system ?? t('unknown'))
  return (
    <>
      <h3>{t('others')}</h3>
      <Rows label={t('others')}>
        {devices.map((device) => (
          <Row
            key={device.id}
            icon={device.kind === 'mobile' ? IconDeviceMobile : IconDeviceDesktop}
            name={nameOf(device)}
            facts={
              device.pushed_at === null
                ? t('neverPushed')
                : t('lastPushed', { at: formatMoment(device.pushed_at, language) })
            }
            actions={
              <Button
                look="secondary"
                size="small"
                aria-label={t('removeDevice', { name: nameOf(device) })}
                busy={off.isPending}
                onClick={() => off.mutate(device)}
              >
                {t('remove')}
              </Button>
            }
          />
        ))}
      </Rows>
    </>
  )
}

/** Where the browser lets one, and it was not done yet. */
function Install() {
  const t = useText(texts)
  const install = useInstall()
  if (install === undefined || isInstalled()) return null
  return (
    <>
      <p>{t('installHint')}</p>
      <p>
        <Button look="secondary" onClick={install}>
          {t('install')}
        </Button>
      </p>
    </>
  )
}
