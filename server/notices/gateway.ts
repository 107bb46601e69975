import type { SmsGateway } from '../core/config.ts'

/** What the gateway made of one message: taken, refused for good, or to be tried again. */
export type Sent = { readonly is: 'taken' } | { readonly is: 'refused' | 'later'; readonly fault: string }

const patienceMs = 10_000

/**
 * Hands one message to the county's gateway of short messages (短信网关): one JSON request, its body as the operator
 * configured it. The answer counts by its status alone, because every gateway words it differently: 2xx is taken; 408, 429
 * and 5xx, and no answer, are tried again; anything else is refused. Never throws, and says nothing personal.
 */
export async function handOver(
  gateway: SmsGateway,
  message: { readonly id: string; readonly phone: string; readonly text: string },
): Promise<Sent> {
  const filled = gateway.body.replace(/\{(phone|text|id)\}/g, (_, name: 'phone' | 'text' | 'id') =>
    JSON.stringify(message[name]).slice(1, -1),
  )
  try {
    const answer = await fetch(gateway.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        ...(gateway.secret ? { authorization: `Bearer ${gateway.secret}` } : {}),
      },
      body: filled,
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
    })
    await answer.body?.cancel()
    if (answer.ok) return { is: 'taken' }
    const again = answer.status === 408 || answer.status === 429 || answer.status >= 500
    return { is: again ? 'later' : 'refused', fault: String(answer.status) }
  } catch {
    return { is: 'later', fault: 'unreachable' }
  }
}
