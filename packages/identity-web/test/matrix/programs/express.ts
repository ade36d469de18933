import { createServer } from 'node:http'
import express from 'express'
import { createExpressApp } from '../../adapters/hosts/express-app.ts'
import { hostsInTurn } from '../../adapters/hosts/hosts-in-turn.ts'
import { ready } from './serve.ts'
import { createStore } from './stores-of-hosts.ts'

const appFor = hostsInTurn(
  (optionsFor, variant) => createExpressApp(express, optionsFor, variant),
  createStore,
)

createServer((req, res) => {
  appFor(req.headers['x-contract'])(req, res)
}).listen(Number(process.env['PORT']), '127.0.0.1', ready)
