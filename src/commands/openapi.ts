import { routes } from '../app.ts'
import { openapiDocument } from '../server/openapi.ts'
import { readConfig } from '../server/config.ts'

/** `openapi`: prints the OpenAPI document of this build. */
export async function openapiCommand(): Promise<void> {
  console.log(
    JSON.stringify(
      openapiDocument(
        routes.map((r) => r.endpoint),
        readConfig().baseUrl.origin,
      ),
      null,
      2,
    ),
  )
}
