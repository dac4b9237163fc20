/** Rows of a party, wherever it stands. */
export const party = (element: string, target: string): string => `
  ${element}/ID                            ${target}.id
  ${element}/Name                          ${target}.name
  ${element}/RoleCode                      ${target}.role
  ${element}/FunctionCode                  ${target}.status
  ${element}/Address/Line                  ${target}.address
  ${element}/Address/CityName              ${target}.city
  ${element}/Address/CountrySubDivisionName  ${target}.region
  ${element}/Address/CountrySubDivisionCode  ${target}.region
  ${element}/Address/PostcodeID            ${target}.postcode
  ${element}/Address/CountryCode           ${target}.country
  ${element}/Address/TypeCode              -
  ${element}/Communication/ID              ${target}.communications:texts
  ${element}/Communication/TypeCode        -
  ${element}/Communication/TypeID          -
  ${element}/Contact/Name                  ${target}.contact
  ${element}/Contact/Communication/ID      ${target}.communications:texts
  ${element}/Contact/Communication/TypeCode  -
  ${element}/Contact/Communication/TypeID  -
`;
