def bean: .type == "object" and (.javaType | startswith("java.util.Map") | not);
def schema:
  { title: .displayName, description, "$comment": "group:\(.group)",
    type: (if bean or .type == "duration" or .type == "enum" then "string" else .type end) }
  + if .enum then {enum} else {} end
  + if .deprecated then {deprecated} else {} end
  + if .defaultValue == null then {} else {default: .defaultValue} end
  + if bean then {format: "bean:\(.javaType)"}
    elif .type == "duration" then {format: "duration"}
    elif .secret then {format: "password"}
    else {} end;
def form:
  { "$schema": "http://json-schema.org/draft-07/schema#", type: "object",
    properties: .properties | map_values(schema),
    required: [.properties | to_entries[] | select(.value.required) | .key] };
{component, componentProperties, headers, properties, propertiesSchema: form}
