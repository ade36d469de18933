import { hydrate, mount } from 'svelte'
import App from './App.svelte'
import '../style.css'

const initial = JSON.parse(document.querySelector('#session').textContent)
const target = document.querySelector('#app')

// A page that the server has rendered continues where the server stopped.
const start = target.hasChildNodes() ? hydrate : mount

start(App, { target, props: { initial } })
