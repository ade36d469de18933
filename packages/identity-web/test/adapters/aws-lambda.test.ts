import { toLambdaHandler } from 'identity-web/aws-lambda'
import { serveLambda } from '../serverless/api-gateway.ts'
import { adapterContract } from './contract.ts'
import { createFetchApp } from './hosts/fetch-app.ts'
import { WITHOUT_APPLICATION, onRequests } from './hosts/on-requests.ts'

adapterContract(
  'fetch on AWS Lambda',
  onRequests(createFetchApp, (respond) =>
    serveLambda((event, context, origin) =>
      toLambdaHandler((request) => respond(request, origin))(event, context),
    ),
  ),
  {
    ...WITHOUT_APPLICATION,
    disconnects: 'Lambda sends a response as a whole.',
    streams: 'Lambda sends a response as a whole.',
  },
)
