import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: ConfigurationProblem","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/interfaces/ConfigurationProblem.md","filePath":"reference/adapters/express/interfaces/ConfigurationProblem.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/interfaces/ConfigurationProblem.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / ConfigurationProblem</p><h1 id="interface-configurationproblem" tabindex="-1">Interface: ConfigurationProblem <a class="header-anchor" href="#interface-configurationproblem" aria-label="Permalink to &quot;Interface: ConfigurationProblem&quot;">​</a></h1><p>A problem of the configuration, for example a missing option.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="example" tabindex="-1">example? <a class="header-anchor" href="#example" aria-label="Permalink to &quot;example?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>example?</strong>: <code>string</code></p></blockquote><p>A valid value.</p><h4 id="default-value" tabindex="-1">Default Value <a class="header-anchor" href="#default-value" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><p><code>undefined</code>, if an example does not help</p><hr><h3 id="message" tabindex="-1">message <a class="header-anchor" href="#message" aria-label="Permalink to &quot;message&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>message</strong>: <code>string</code></p></blockquote><p>The problem, and the change that solves it.</p><hr><h3 id="option" tabindex="-1">option <a class="header-anchor" href="#option" aria-label="Permalink to &quot;option&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>option</strong>: <code>string</code></p></blockquote><p>The option, such as <code>session.secret</code>.</p><hr><h3 id="variable" tabindex="-1">variable? <a class="header-anchor" href="#variable" aria-label="Permalink to &quot;variable?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>variable?</strong>: <code>string</code></p></blockquote><p>The environment variable that sets the option.</p><h4 id="default-value-1" tabindex="-1">Default Value <a class="header-anchor" href="#default-value-1" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><p><code>undefined</code>, if there is none</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/interfaces/ConfigurationProblem.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const ConfigurationProblem = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, ConfigurationProblem as default }
