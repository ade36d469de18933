import { toLambdaHandler, type LambdaEvent, type LambdaResult } from 'identity-web/aws-lambda'
import { expectTypeOf, test } from 'vitest'

/** The types of `@types/aws-lambda`, as far as they matter here. */
interface APIGatewayProxyEventV2 {
  version: string
  routeKey: string
  rawPath: string
  rawQueryString: string
  cookies?: string[]
  headers: { [name: string]: string | undefined }
  body?: string
  isBase64Encoded: boolean
  requestContext: {
    domainName: string
    http: { method: string; path: string; sourceIp: string }
    stage: string
  }
}
interface APIGatewayProxyStructuredResultV2 {
  statusCode?: number | undefined
  headers?: { [header: string]: boolean | number | string } | undefined
  body?: string | undefined
  isBase64Encoded?: boolean | undefined
  cookies?: string[] | undefined
}
interface Context {
  awsRequestId: string
}

test('the handler has the types of Lambda', () => {
  const handler = toLambdaHandler((_request, event: APIGatewayProxyEventV2, context: Context) => {
    expectTypeOf(event.requestContext.stage).toEqualTypeOf<string>()
    return new Response(context.awsRequestId)
  })

  expectTypeOf(handler).parameters.toEqualTypeOf<[APIGatewayProxyEventV2, Context]>()
  expectTypeOf<LambdaResult>().toExtend<APIGatewayProxyStructuredResultV2>()
  expectTypeOf(toLambdaHandler(() => new Response()))
    .parameter(0)
    .toEqualTypeOf<LambdaEvent>()
})
