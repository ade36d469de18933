import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Code of conduct","description":"","frontmatter":{},"headers":[],"relativePath":"code-of-conduct.md","filePath":"code-of-conduct.md"}',
)
const _sfc_main = { name: 'code-of-conduct.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="code-of-conduct" tabindex="-1">Code of conduct <a class="header-anchor" href="#code-of-conduct" aria-label="Permalink to &quot;Code of conduct&quot;">​</a></h1><p>This project follows the <a href="https://www.contributor-covenant.org/version/2/1/code_of_conduct/" target="_blank" rel="noreferrer">Contributor Covenant, version 2.1</a>. It applies in issues, pull requests, reviews and every other place where people work on this project. It also applies when you represent the project elsewhere.</p><p>In short:</p><ul><li>Be kind and patient. Assume that the other person means well.</li><li>Use welcoming language. Accept different opinions and experiences.</li><li>Criticize code and ideas, not people. Say what to change and why.</li><li>Accept criticism of your work. Correct your mistakes.</li><li>Do not insult, threaten or harass anyone. Sexual attention and sexual language are not welcome.</li><li>Do not publish private information about other people without their permission.</li></ul><h2 id="report-a-problem" tabindex="-1">Report a problem <a class="header-anchor" href="#report-a-problem" aria-label="Permalink to &quot;Report a problem&quot;">​</a></h2><p>Report a problem privately, in the way that <a href="/security">SECURITY.md</a> describes for vulnerabilities. Write &quot;code of conduct&quot; in the title. Say what happened, where and when. The maintainers read every report and keep your name private.</p><h2 id="consequences" tabindex="-1">Consequences <a class="header-anchor" href="#consequences" aria-label="Permalink to &quot;Consequences&quot;">​</a></h2><p>The maintainers may edit or delete content that breaks these rules. They may warn a person, exclude the person for a time, or exclude the person permanently. The <a href="https://www.contributor-covenant.org/version/2/1/code_of_conduct/#enforcement-guidelines" target="_blank" rel="noreferrer">enforcement guidelines</a> of the Contributor Covenant describe these steps. A maintainer who is part of the problem does not join the decision.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'code-of-conduct.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const codeOfConduct = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, codeOfConduct as default }
